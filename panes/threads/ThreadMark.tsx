// What goes on in a thread, beside its title. That it needs the person comes before what else goes on in it.
import { Lamp, type LampTone } from '../../components/Lamp.tsx'
import { strings } from '../../components/strings.ts'
import type { ThreadStatus } from '../../lib/chat/messageStatus.ts'

const tones: Record<Exclude<ThreadStatus, 'idle'>, LampTone> = {
  pending: 'held',
  processing: 'lit',
  waiting: 'held',
  failed: 'bad',
}

export function ThreadMark({ status, needsYou }: { status: ThreadStatus; needsYou: boolean }) {
  if (status === 'idle' && !needsYou) return null
  return (
    <span className="flex shrink-0 items-center gap-1.5 text-xs font-normal text-soft">
      <Lamp tone={needsYou || status === 'idle' ? 'asks' : tones[status]} />
      {needsYou || status === 'idle' ? strings.inbox.thread : strings.threads.status[status]}
    </span>
  )
}
