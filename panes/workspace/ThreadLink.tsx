'use client'
// A link to a thread that changes the pane and not the page.
import type { MouseEvent, ReactNode } from 'react'
import { strings } from '../../components/strings.ts'
import { goTo, pathOfThread } from './threadRoute.ts'

type ThreadLinkProps = { threadId: string; title: string; className?: string; children?: ReactNode }

export function ThreadLink({ threadId, title, className, children }: ThreadLinkProps) {
  const path = pathOfThread(threadId)
  return (
    <a href={path} onClick={(event) => isPlainPress(event) && goTo(path)} className={className}>
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
