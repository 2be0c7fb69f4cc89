'use client'
// Taking everything along: how far it is, and a way to call it off.
import { Download } from 'lucide-react'
import { QuietButton } from '../../../components/QuietButton.tsx'
import { settingsStrings } from '../../../components/strings/settings.ts'
import type { Exporting } from './useExport.ts'

const say = settingsStrings.data.export

type ExportViewProps = { exporting: Exporting; start: () => void; cancel: () => void }

export function ExportView({ exporting, start, cancel }: ExportViewProps) {
  const isRunning = exporting.kind === 'running'
  return (
    <>
      <h3 className="mt-4 font-medium">{say.title}</h3>
      <p className="mb-3 text-sm text-soft text-pretty">{say.lead}</p>
      <div className="flex flex-wrap items-center gap-3">
        {/* One button all along: it keeps the focus. */}
        <QuietButton tone="framed" onClick={isRunning ? cancel : start} className="min-h-11">
          {isRunning ? null : <Download size={16} aria-hidden="true" />}
          {isRunning ? say.cancel : say.start}
        </QuietButton>
        {isRunning ? <progress aria-label={say.title} className="h-1.5 w-28 accent-(--lamp)" /> : null}
        {exporting.kind === 'failed' ? (
          <p role="alert" className="text-sm text-bad">
            {say.failed}
          </p>
        ) : (
          // What is counted on the way is for eyes; the end is read out.
          <p role="status" aria-live={isRunning ? 'off' : 'polite'} className="text-sm text-soft tabular-nums">
            {wordsOf(exporting)}
          </p>
        )}
      </div>
    </>
  )
}

function wordsOf(exporting: Exporting): string {
  switch (exporting.kind) {
    case 'running':
      return say.progress(exporting.threads, exporting.messages)
    case 'done':
      return say.done(exporting.threads, exporting.messages)
    case 'cancelled':
      return say.cancelled
    case 'idle':
    case 'failed':
      return ''
  }
}
