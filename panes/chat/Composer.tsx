'use client'
// Where a message is written. Never closed while a reply is being made: what is sent then waits its turn.
import { ArrowUp, Square } from 'lucide-react'
import { type KeyboardEvent, type Ref, useId } from 'react'
import TextareaAutosize from 'react-textarea-autosize'
import { strings } from '../../components/strings.ts'
import { maxMessageChars } from '../../lib/chat/messageLimits.ts'

export type ComposerProps = {
  text: string
  write: (text: string) => void
  send: () => void
  stop: () => void
  /** There is something to stop: a reply being written, or a message on its way to one. */
  canStop: boolean
  /** The thread is at work: what is sent now waits its turn. */
  isRunning: boolean
  isStopping: boolean
  isOnline: boolean
  /** Why the text is (back) here: a refusal, or a device that could not keep it. */
  notice: string | null
  ref?: Ref<HTMLTextAreaElement>
}

export function Composer({
  text,
  write,
  send,
  stop,
  canStop,
  isRunning,
  isStopping,
  isOnline,
  notice,
  ref,
}: ComposerProps) {
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
      className="mx-auto w-full max-w-[46rem] px-3 pb-[max(0.75rem,var(--safe-bottom))] sm:px-6"
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
        {canStop ? (
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
        ) : null}
        <button
          type="submit"
          aria-label={strings.actions.send}
          aria-disabled={!canSend}
          title={strings.actions.send}
          className="grid size-10 shrink-0 place-items-center rounded-full bg-lamp text-on-lamp transition-[opacity,background-color] hover:opacity-90 aria-disabled:bg-bubble aria-disabled:text-soft"
        >
          <ArrowUp size={19} strokeWidth={2.25} aria-hidden="true" />
        </button>
      </div>
      <p id={hintId} className="mt-2 min-h-4 px-3 text-center text-xs leading-4 text-soft">
        {over > 0 ? (
          <span className="font-medium text-bad">{strings.composer.tooLong(over.toLocaleString())}</span>
        ) : (
          <span className={isOnline && !isRunning ? 'pointer-coarse:hidden' : undefined}>
            {hintOf({ isRunning, isOnline })}
            {isOnline && isRunning ? <span className="pointer-coarse:hidden"> {strings.composer.hintStop}</span> : null}
          </span>
        )}
      </p>
    </form>
  )
}

function hintOf({ isRunning, isOnline }: { isRunning: boolean; isOnline: boolean }): string {
  if (!isOnline) return strings.composer.hintOffline
  return isRunning ? strings.composer.hintRunning : strings.composer.hint
}

/** While an input method composes, Enter chooses a word. Safari reports the key after the composition has ended, as 229. */
function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229
}
