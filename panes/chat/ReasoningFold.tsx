// What the model thought before it spoke: folded, with how long it took. Plain text, since a draft of a thought is not meant to be set.
import { ChevronRight } from 'lucide-react'
import { strings } from '../../components/strings.ts'
import { secondsOf } from './statusWords.ts'

export function ReasoningFold({ text, ms }: { text: string; ms: number }) {
  return (
    <details className="group mb-2 text-sm text-soft">
      <summary className="inline-flex min-h-8 cursor-pointer list-none items-center gap-1.5 rounded-full pr-2 hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight size={15} aria-hidden="true" className="transition-transform group-open:rotate-90" />
        {strings.reasoning.thoughtFor(secondsOf(ms))}
      </summary>
      <div dir="auto" className="mt-1 mb-3 border-l border-line pl-4 leading-relaxed whitespace-pre-wrap wrap-anywhere">
        {text}
      </div>
    </details>
  )
}
