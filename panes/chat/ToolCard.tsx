'use client'
// One call of a tool: running → result or error. Closed until someone wants to look; a failed one says at once why.
import { clsx } from 'clsx'
import { ChevronRight } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Lamp } from '../../components/Lamp.tsx'
import { strings } from '../../components/strings.ts'
import type { ToolPart } from './composeReply.ts'
import { gistOf } from './toolGist.ts'

const tones = { running: 'lit', done: 'quiet', failed: 'bad', waiting: 'lit' } as const

/** A tab from before a deploy may ask for code that is no longer there: then the text is shown as it came. */
const ToolBody = lazy(() =>
  import('./ToolBody.tsx').catch((cause: unknown) => {
    console.warn('What a tool answered is shown as it came: the code that lays it out could not be loaded.', cause)
    return { default: PlainBody }
  }),
)

export function ToolCard({ tool }: { tool: ToolPart }) {
  const [isOpen, setOpen] = useState(false)
  const gist = gistOf(tool)
  return (
    <details
      data-tool-state={tool.state}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group my-3 overflow-hidden rounded-xl border border-line bg-raised text-sm"
    >
      <summary className="flex min-h-10 cursor-pointer list-none items-center gap-2.5 px-3.5 py-2 hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
        <Lamp tone={tones[tool.state]} />
        <span className="max-w-[60%] shrink-0 truncate font-mono text-[0.8125rem]">{tool.name}</span>
        <span className="min-w-0 truncate text-soft">{strings.tool[tool.state]}</span>
        {/* One line, whatever it says: the result changes no height. */}
        <bdi className={clsx('min-w-0 flex-1 truncate', tool.state === 'failed' ? 'text-bad' : 'text-soft')}>
          {gist}
        </bdi>
        <ChevronRight
          size={15}
          aria-hidden="true"
          className="ml-auto shrink-0 text-soft transition-transform group-open:rotate-90"
        />
      </summary>
      {/* Only while it is open: a long thread holds many, and a page that was read is long. */}
      {isOpen ? (
        <Suspense fallback={<div className="h-24 border-t border-line" />}>
          <ToolBody tool={tool} />
        </Suspense>
      ) : null}
    </details>
  )
}

function PlainBody({ tool: { input, output = '' } }: { tool: ToolPart }) {
  return (
    <pre className="max-h-96 overflow-auto px-3.5 py-3 whitespace-pre-wrap wrap-anywhere">{`${input}\n\n${output}`}</pre>
  )
}
