// One call of a tool: running → result or error. Closed until someone wants to look; a failed one says so at once.
import { ChevronRight } from 'lucide-react'
import { Lamp } from '../../components/Lamp.tsx'
import { strings } from '../../components/strings.ts'
import type { ToolPart } from './composeReply.ts'

const tones = { running: 'lit', done: 'quiet', failed: 'bad', waiting: 'lit' } as const

export function ToolCard({ tool }: { tool: ToolPart }) {
  return (
    <details className="group my-3 overflow-hidden rounded-xl border border-line bg-raised text-sm">
      <summary className="flex min-h-10 cursor-pointer list-none items-center gap-2.5 px-3.5 py-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
        <Lamp tone={tones[tool.state]} />
        <span className="font-mono text-[0.8125rem]">{tool.name}</span>
        <span className="text-soft">{strings.tool[tool.state]}</span>
        <ChevronRight
          size={15}
          aria-hidden="true"
          className="ml-auto text-soft transition-transform group-open:rotate-90"
        />
      </summary>
      <div className="space-y-2 border-t border-line px-3.5 py-3">
        <ToolText name={strings.tool.input} text={tool.input} />
        {tool.output === undefined ? null : <ToolText name={strings.tool.output} text={tool.output} />}
      </div>
    </details>
  )
}

function ToolText({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <p className="text-xs text-soft">{name}</p>
      <pre className="mt-0.5 font-mono text-[0.8125rem] whitespace-pre-wrap wrap-anywhere">{indent(text)}</pre>
    </div>
  )
}

/** Tools speak JSON; what cannot be read is shown as it came. */
function indent(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
