'use client'
// What a tool wants to do, before it does it: all of it, with nothing hidden or cut, and a yes or a no.
import { TriangleAlert } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { waitStrings } from '../../components/strings/waits.ts'
import type { WaitView } from '../../convex/validators.ts'
import { maxAnswerChars } from '../../lib/chat/messageLimits.ts'
import { AnswerField } from './AnswerField.tsx'
import { Countdown } from './Countdown.tsx'
import { ExactText } from './ExactText.tsx'
import { indentJson } from './revealText.ts'
import type { Press, Progress } from './useAnswering.ts'
import { isBusy, WaitButton } from './WaitButton.tsx'

const say = waitStrings

type ApprovalCardProps = {
  wait: WaitView
  progress: Progress
  press: Press
  /** Why not. */
  text: string
  write: (text: string) => void
}

export function ApprovalCard({ wait, progress, press, text, write }: ApprovalCardProps) {
  const { tool = '', input = '', summary = '', again, until } = wait
  const alwaysId = useId()
  const deny = () => {
    if (text.length <= maxAnswerChars) press('deny', { kind: 'deny', ...(text.trim() === '' ? {} : { reason: text }) })
  }
  return (
    <>
      <p dir="auto" className="font-medium whitespace-pre-wrap wrap-anywhere">
        <ExactText text={summary === '' ? say.asksTo(tool) : summary} />
      </p>
      {again === true ? (
        <p className="flex gap-2 rounded-lg bg-bad-wash px-3 py-2 text-sm text-bad">
          <TriangleAlert size={16} aria-hidden="true" className="mt-0.5 shrink-0" />
          {say.again}
        </p>
      ) : null}
      <GivenInput tool={tool} input={input} />
      <div className="flex flex-wrap gap-2 pt-0.5">
        <WaitButton
          name="approve"
          tone="main"
          progress={progress}
          onPress={() => press('approve', { kind: 'approve' })}
        >
          {say.approve}
        </WaitButton>
        <WaitButton name="deny" progress={progress} onPress={deny}>
          {say.deny}
        </WaitButton>
        <WaitButton
          name="always"
          tone="plain"
          progress={progress}
          describedBy={alwaysId}
          onPress={() => press('always', { kind: 'approve', always: true })}
        >
          {say.approveAlways}
        </WaitButton>
      </div>
      <Reason text={text} write={write} send={deny} isReadOnly={isBusy(progress)} />
      <p className="text-xs text-soft">
        <span id={alwaysId}>{say.alwaysMeans(tool)}</span> <Countdown until={until} say={say.expiresApproval} />
      </p>
    </>
  )
}

/** The tool's name and its whole input. Long ones scroll; nothing is cut. */
export function GivenInput({ tool, input }: { tool: string; input: string }) {
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-sunken">
      <p className="flex flex-wrap gap-x-2 border-b border-line px-3 py-1.5 text-xs text-soft">
        <span className="font-mono text-ink">
          <ExactText text={tool} />
        </span>
        {say.given}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: text with its own line ends, not a set of fields */}
      <pre
        dir="ltr"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        role="group"
        aria-label={say.given}
        className="thin-scroll max-h-72 overflow-auto px-3 py-2 font-mono text-[0.8125rem] leading-normal whitespace-pre-wrap wrap-anywhere -outline-offset-2"
      >
        <ExactText text={indentJson(input)} />
      </pre>
    </div>
  )
}

type ReasonProps = { text: string; write: (text: string) => void; send: () => void; isReadOnly: boolean }

/** Most people just say no: the field comes when it is asked for, or when something had been written into it. */
function Reason({ text, write, send, isReadOnly }: ReasonProps) {
  const [isWanted, setWanted] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  if (isWanted || text !== '') {
    return (
      <div className="flex">
        <AnswerField
          ref={field}
          name={say.why}
          placeholder={say.why}
          text={text}
          write={write}
          send={send}
          isReadOnly={isReadOnly}
        />
      </div>
    )
  }
  const want = () => {
    setWanted(true)
    // The button goes away with its focus.
    requestAnimationFrame(() => field.current?.focus())
  }
  return (
    <button type="button" onClick={want} className="text-sm text-soft underline underline-offset-3 hover:text-ink">
      {say.sayWhy}
    </button>
  )
}
