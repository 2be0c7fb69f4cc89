// Nothing is scheduled yet: what one can ask for in a chat.
import { scheduleStrings } from '../../components/strings/schedules.ts'

export function EmptySchedules() {
  return (
    <div className="my-auto pb-16">
      <p className="font-serif text-[1.75rem] leading-tight font-semibold tracking-[-0.01em] text-balance">
        {scheduleStrings.emptyTitle}
      </p>
      <p className="mt-3 max-w-[34rem] text-soft text-pretty">{scheduleStrings.emptyLead}</p>
      <ul className="mt-4 space-y-2">
        {scheduleStrings.emptyExamples.map((example) => (
          <li key={example} className="w-fit max-w-full rounded-2xl bg-bubble px-3.5 py-2 text-[0.9375rem]">
            {example}
          </li>
        ))}
      </ul>
    </div>
  )
}
