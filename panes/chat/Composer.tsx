'use client'
// Where a message is written. Never closed while a reply is being made: what becomes of it then is chosen here, and said by the button.
import { ArrowUp, CornerDownLeft, ListPlus, type LucideIcon, Square, Zap } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, type Ref, useId } from 'react'
import TextareaAutosize from 'react-textarea-autosize'
import { strings } from '../../components/strings.ts'
import type { Policy } from '../../convex/validators.ts'
import { maxMessageChars } from '../../lib/chat/messageLimits.ts'
import { isComposing } from './isComposing.ts'
import { PolicyChoice, policyHints } from './PolicyChoice.tsx'

export type ComposerProps = {
  text: string
  write: (text: string) => void
  send: () => void
  stop: () => void
  /** There is something to stop: a reply being written, or a message on its way to one. */
  canStop: boolean
  /** The thread is at work: what is sent now is done with as `policy` says. */
  isRunning: boolean
  policy: Policy
  choosePolicy: (policy: Policy) => void
  /** Chooses the model. */
  picker: ReactNode
  isStopping: boolean
  isOnline: boolean
  /** Why the text is (back) here: a refusal, or a device that could not keep it. */
  notice: string | null
  ref?: Ref<HTMLTextAreaElement>
}

export function Composer(props: ComposerProps) {
  const { text, write, send, stop, canStop, isRunning, policy, choosePolicy, picker, isStopping, notice, ref } = props
  const hintId = useId()
  const over = text.length - maxMessageChars
  const canSend = text.trim() !== '' && over <= 0
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposing(event)) return
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      if (canSend) send()
    }
    if (event.key === 'Escape' && canStop) {
      event.preventDefault()
      stop()
    }
  }
  return (
    <form
      className="mx-auto w-full max-w-[46rem] px-3 pb-[max(0.5rem,var(--safe-bottom))] sm:px-6"
      onSubmit={(event) => {
        event.preventDefault()
        if (canSend) send()
      }}
    >
      {notice === null ? null : (
        <p role="alert" className="enter mb-2 rounded-xl bg-bad-wash px-4 py-2.5 text-sm text-bad">
          {notice}
        </p>
      )}
      <div className="flex items-end gap-1.5 rounded-[1.6rem] border border-line bg-raised p-1.5 shadow-[0_2px_12px_var(--shade)] transition-colors focus-within:border-soft">
        <TextareaAutosize
          ref={ref}
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
          aria-label={strings.composer.name}
          aria-describedby={hintId}
          aria-invalid={over > 0}
          placeholder={strings.composer.placeholder}
          minRows={1}
          maxRows={12}
          enterKeyHint="send"
          autoComplete="off"
          className="thin-scroll min-w-0 flex-1 resize-none bg-transparent px-3.5 py-2 leading-6 outline-none placeholder:text-soft"
        />
        {canStop ? <StopButton stop={stop} isStopping={isStopping} /> : null}
        <SendButton policy={isRunning ? policy : null} canSend={canSend} />
      </div>
      <div className="mt-1.5 flex min-h-8 items-center justify-between gap-2 pl-1.5 text-xs text-soft">
        <div className="flex min-w-0 shrink">{picker}</div>
        {over > 0 ? null : isRunning ? <PolicyChoice policy={policy} choose={choosePolicy} isSmall /> : null}
        <Hint id={hintId} over={over} {...props} />
      </div>
    </form>
  )
}

function StopButton({ stop, isStopping }: { stop: () => void; isStopping: boolean }) {
  return (
    <button
      type="button"
      onClick={stop}
      aria-label={strings.actions.stop}
      aria-disabled={isStopping}
      title={`${strings.actions.stop} (Esc)`}
      className="enter grid size-10 shrink-0 place-items-center rounded-full border border-line text-ink transition-colors hover:bg-hover aria-disabled:opacity-55"
    >
      <Square size={13} fill="currentColor" aria-hidden="true" />
    </button>
  )
}

const icons: Record<Policy, LucideIcon> = { queue: ListPlus, steer: CornerDownLeft, interrupt: Zap }

/** `policy` null: nothing is running, it is answered at once. */
function SendButton({ policy, canSend }: { policy: Policy | null; canSend: boolean }) {
  const label = policy === null ? strings.actions.send : strings.policy.send[policy]
  const Icon = policy === null ? ArrowUp : icons[policy]
  return (
    <button
      type="submit"
      aria-label={label}
      aria-disabled={!canSend}
      title={label}
      className="grid size-10 shrink-0 place-items-center rounded-full bg-lamp text-on-lamp transition-[opacity,background-color] hover:opacity-90 aria-disabled:bg-bubble aria-disabled:text-soft"
    >
      <Icon size={19} strokeWidth={2.25} aria-hidden="true" />
    </button>
  )
}

type HintProps = { id: string; over: number } & Pick<ComposerProps, 'isRunning' | 'isOnline' | 'policy'>

/** While a reply runs the choice beside it says in short what this says in full, to ears. */
function Hint({ id, over, isRunning, isOnline, policy }: HintProps) {
  if (over > 0) {
    return (
      <p id={id} className="px-2 font-medium text-bad">
        {strings.composer.tooLong(over.toLocaleString())}
      </p>
    )
  }
  if (!isOnline) {
    return (
      <p id={id} className={isRunning ? 'sr-only' : 'px-2 text-right'}>
        {strings.composer.hintOffline}
      </p>
    )
  }
  return (
    <p id={id} className={isRunning ? 'sr-only' : 'px-2 max-sm:sr-only pointer-coarse:sr-only'}>
      {isRunning ? strings.policy.hint(policyHints[policy]) : strings.composer.hint}
    </p>
  )
}
