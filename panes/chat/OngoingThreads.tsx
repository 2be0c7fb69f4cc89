'use client'
// What still goes on elsewhere, and the way there.
import { ArrowRight } from 'lucide-react'
import { useId } from 'react'
import { Lamp } from '../../components/Lamp.tsx'
import { strings } from '../../components/strings.ts'
import { ThreadLink } from '../workspace/ThreadLink.tsx'
import type { OngoingThread } from './ongoingThreads.ts'

const say = strings.empty

export function OngoingThreads({ threads }: { threads: readonly OngoingThread[] }) {
  const id = useId()
  if (threads.length === 0) return null
  return (
    <div className="enter mt-6">
      <h3 id={id} className="text-sm font-medium text-soft">
        {say.ongoing}
      </h3>
      <ul aria-labelledby={id} className="mt-2 divide-y divide-line border-y border-line">
        {threads.map(({ threadId, title, status }) => (
          <li key={threadId}>
            <ThreadLink
              threadId={threadId}
              title={title}
              className="group flex min-h-11 items-center gap-3 px-1 hover:bg-hover/60"
            >
              <Lamp tone={status === 'processing' ? 'lit' : 'held'} />
              <span dir="auto" className="min-w-0 flex-1 truncate">
                {title === '' ? strings.threads.untitled : title}
              </span>
              <span className="text-sm text-soft">{say.ongoingStatus[status]}</span>
              <ArrowRight size={15} aria-hidden="true" className="text-soft group-hover:text-lamp" />
            </ThreadLink>
          </li>
        ))}
      </ul>
    </div>
  )
}
