// Nothing needs the person.
import { strings } from '../../components/strings.ts'

export function EmptyInbox() {
  return (
    <div className="my-auto pb-16">
      <p className="font-serif text-[1.75rem] leading-tight font-semibold tracking-[-0.01em] text-balance">
        {strings.inbox.emptyTitle}
      </p>
      <p className="mt-3 max-w-[30rem] text-soft text-pretty">{strings.inbox.emptyLead}</p>
    </div>
  )
}
