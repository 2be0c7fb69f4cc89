'use client'
// What a tool was given and what it answered, loaded when its card is opened: laid out, bounded, and to be copied whole.
import { useState } from 'react'
import { CopyButton } from '../../components/CopyButton.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { toolStrings } from '../../components/strings/tool.ts'
import type { ToolPart } from './composeReply.ts'
import { ExactText } from './ExactText.tsx'
import { indentJson } from './revealText.ts'

/** Shown at first, and at most: a page of the web is a good 20,000, and marks for hidden characters are elements each. */
const FIRST_CHARS = 1_200
const MOST_CHARS = 60_000

export default function ToolBody({ tool }: { tool: ToolPart }) {
  const { input, output, state } = tool
  return (
    <div className="space-y-3 border-t border-line px-3.5 py-3">
      <ToolText name={toolStrings.input} copy={toolStrings.copy.input} text={input} />
      {output === undefined ? null : (
        <ToolText
          name={state === 'failed' ? toolStrings.error : toolStrings.output}
          copy={toolStrings.copy.output}
          text={output}
        />
      )}
    </div>
  )
}

function ToolText({ name, copy, text }: { name: string; copy: string; text: string }) {
  const [isWhole, setWhole] = useState(false)
  const laidOut = indentJson(text)
  const shown = cut(laidOut, isWhole ? MOST_CHARS : FIRST_CHARS)
  const count = laidOut.length.toLocaleString()
  return (
    <section aria-label={name}>
      <div className="flex min-h-9 items-center justify-between">
        <p className="text-xs font-medium text-soft">{name}</p>
        <CopyButton label={copy} text={() => laidOut} />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        className="thin-scroll max-h-96 overflow-auto rounded-lg bg-sunken px-3 py-2 font-mono text-[0.8125rem] leading-relaxed whitespace-pre-wrap wrap-anywhere"
      >
        <ExactText text={shown} />
        {shown.length < laidOut.length ? '…' : null}
      </pre>
      {laidOut.length <= FIRST_CHARS ? null : (
        <div className="mt-1 flex flex-wrap items-center gap-2 text-xs text-soft">
          <QuietButton aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? toolStrings.less : toolStrings.more(count)}
          </QuietButton>
          {isWhole && laidOut.length > MOST_CHARS ? <span>{toolStrings.cut(count)}</span> : null}
        </div>
      )}
    </section>
  )
}

/** Never between the halves of a character: a half alone would be drawn as something hidden. */
function cut(text: string, most: number): string {
  const last = text.charCodeAt(most - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most)
}
