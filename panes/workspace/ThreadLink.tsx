'use client'
// A link to a thread that changes one pane, as the list of threads does: what else is open stays.
import type { MouseEvent, ReactNode } from 'react'
import { strings } from '../../components/strings.ts'
import { pathOfThread } from './threadRoute.ts'
import { useWorkspace } from './workspaceContext.ts'

type ThreadLinkProps = { threadId: string; title: string; className?: string; children?: ReactNode }

export function ThreadLink({ threadId, title, className, children }: ThreadLinkProps) {
  const { open } = useWorkspace()
  return (
    <a href={pathOfThread(threadId)} onClick={(event) => isPlainPress(event) && open(threadId)} className={className}>
      {children ?? (title === '' ? strings.threads.untitled : title)}
    </a>
  )
}

/** A new tab or window is the browser's business. Otherwise the browser is told that the press is taken care of. */
export function isPlainPress(event: MouseEvent): boolean {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return false
  event.preventDefault()
  return true
}
