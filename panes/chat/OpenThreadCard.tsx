// A thread that the agent has opened: the way there, for whoever was not looking.
import { ArrowUpRight } from 'lucide-react'
import { strings } from '../../components/strings.ts'
import { ThreadLink } from '../workspace/ThreadLink.tsx'
import type { OpenedThread } from './openedThread.ts'

export function OpenThreadCard({ opened: { threadId, title } }: { opened: OpenedThread }) {
  const name = title === '' ? strings.threads.untitled : title
  return (
    <ThreadLink
      threadId={threadId}
      title={name}
      className="my-3 flex min-h-11 items-center gap-2.5 rounded-xl border border-line bg-raised px-3.5 py-2 text-sm hover:bg-hover"
    >
      <ArrowUpRight size={16} aria-hidden="true" className="shrink-0 text-lamp" />
      <span dir="auto" className="min-w-0 truncate font-medium">
        {strings.openedThread.link(name)}
      </span>
    </ThreadLink>
  )
}
