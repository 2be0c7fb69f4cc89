// One thing in the inbox: the thread it belongs to, and what can be done about it here.
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { ThreadLink } from '../workspace/ThreadLink.tsx'

type InboxItemProps = { threadId: string; threadTitle: string; children: ReactNode }

export function InboxItem({ threadId, threadTitle, children }: InboxItemProps) {
  return (
    <li className="pt-3.5 pb-3">
      <span className="flex items-center gap-1">
        <ThreadLink
          threadId={threadId}
          title={threadTitle}
          className="min-w-0 truncate rounded-sm text-[0.9375rem] font-medium hover:text-lamp hover:underline hover:underline-offset-3"
        />
        <ChevronRight size={14} aria-hidden="true" className="shrink-0 text-soft" />
      </span>
      {children}
    </li>
  )
}
