// One line above the composer while something in this thread waits for the person, in view or not; it leads there. Writing a message
// withdraws nothing, which is said once something is being written.
import { ArrowUp } from 'lucide-react'
import { Lamp } from '../../components/Lamp.tsx'
import { strings } from '../../components/strings.ts'
import type { WaitView } from '../../convex/validators.ts'

type NeedsYouLineProps = { waits: readonly WaitView[]; isWriting: boolean; show: (waitId: string) => void }

const say = strings.waits.open

export function NeedsYouLine({ waits, isWriting, show }: NeedsYouLineProps) {
  const [first] = waits
  if (first === undefined) return null
  return (
    <div className="mx-auto flex w-full max-w-[46rem] flex-wrap items-center gap-x-2 px-3 pb-1.5 text-sm sm:px-6">
      <button
        type="button"
        onClick={() => show(first.waitId)}
        className="inline-flex min-h-8 items-center gap-2 rounded-2xl px-3 text-left font-medium hover:bg-hover"
      >
        <Lamp tone="asks" />
        {wordsOf(waits)}
        <ArrowUp size={14} aria-hidden="true" className="shrink-0 text-soft" />
      </button>
      {isWriting ? <span className="px-3 text-xs text-soft sm:px-0">{say.notAnswered}</span> : null}
    </div>
  )
}

function wordsOf(waits: readonly WaitView[]): string {
  const questions = waits.filter(({ kind }) => kind === 'question').length
  if (questions === waits.length) return say.question(questions)
  return questions === 0 ? say.approval(waits.length) : say.both(waits.length)
}
