// Nothing needs the person.
import { clsx } from 'clsx'
import { inboxStrings } from '../../components/strings/inbox.ts'

/** `isAlone`: there is nothing else on the page either. */
export function EmptyInbox({ isAlone }: { isAlone: boolean }) {
  return (
    <div className={clsx(isAlone ? 'my-auto pb-16' : 'pt-6 pb-10')}>
      <p className="font-serif text-[1.75rem] leading-tight font-semibold tracking-[-0.01em] text-balance">
        {inboxStrings.emptyTitle}
      </p>
      <p className="mt-3 max-w-[30rem] text-soft text-pretty">{inboxStrings.emptyLead}</p>
    </div>
  )
}
