'use client'
// Where a message is written. Never closed while a reply is being made: what becomes of it then is chosen here, and said by the button.
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type RefObject,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react'
import TextareaAutosize from 'react-textarea-autosize'
import { strings } from '../../components/strings.ts'
import type { Policy } from '../../convex/validators.ts'
import { maxMessageChars } from '../../lib/chat/messageLimits.ts'
import { SendButton, StopButton } from './ComposerButtons.tsx'
import { ComposerHint } from './ComposerHint.tsx'
import { isComposing } from './isComposing.ts'
import { PolicyChoice } from './PolicyChoice.tsx'
import type { SlashCommands } from './slash/SlashMenu.tsx'
import { useSlash } from './slash/useSlash.tsx'

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
  /** What a slash can do here. Absent: a slash is only a slash. */
  commands?: SlashCommands
  /** ↑ where nothing is written: opens the person's last message to be reworded. False: there is none. */
  editLast?: () => boolean
  ref?: Ref<HTMLTextAreaElement>
}

export function Composer(props: ComposerProps) {
  const { text, write, send, stop, canStop, isRunning, policy, choosePolicy, picker, isStopping, notice, ref } = props
  const { commands, editLast } = props
  const hintId = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle<HTMLTextAreaElement | null, HTMLTextAreaElement | null>(ref, () => field.current)
  useTakeEarly(field, write)
  const slash = useSlash({ text, write, commands, field })
  const over = text.length - maxMessageChars
  const canSend = text.trim() !== '' && over <= 0
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposing(event) || slash.takesKey(event)) return
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      if (canSend) send()
    } else if (event.key === 'Escape' && canStop) {
      event.preventDefault()
      stop()
    } else if (isPlainUp(event) && text === '' && editLast?.() === true) event.preventDefault()
  }
  return (
    <form
      className="composer @container mx-auto w-full max-w-[46rem] px-3 pb-[max(0.5rem,var(--safe-bottom))] sm:px-6"
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
      <div className="relative flex items-end gap-1.5 rounded-[1.6rem] border border-line bg-raised p-1.5 shadow-[0_2px_12px_var(--shade)] transition-colors focus-within:border-soft">
        {slash.menu}
        <TextareaAutosize
          {...slash.props}
          ref={field}
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
          aria-label={strings.composer.name}
          aria-describedby={hintId}
          aria-invalid={over > 0}
          placeholder={strings.composer.placeholder}
          // As the server draws it, before it is measured.
          rows={1}
          minRows={1}
          maxRows={12}
          dir="auto"
          enterKeyHint="send"
          autoComplete="off"
          // On a low screen, or a much enlarged one, Send stays in view.
          className="thin-scroll max-h-[40dvh] min-w-0 flex-1 resize-none bg-transparent px-3.5 py-2 leading-6 outline-none placeholder:text-soft"
        />
        {canStop ? <StopButton stop={stop} isStopping={isStopping} /> : null}
        <SendButton policy={isRunning ? policy : null} canSend={canSend} />
      </div>
      <div className="mt-1.5 flex min-h-8 items-center justify-between gap-2 pl-1.5 text-xs text-soft">
        <div className="flex min-w-0 shrink">{picker}</div>
        {over > 0 ? null : isRunning ? <PolicyChoice policy={policy} choose={choosePolicy} isSmall /> : null}
        <ComposerHint id={hintId} over={over} {...props} />
      </div>
    </form>
  )
}

const isPlainUp = ({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent) =>
  key === 'ArrowUp' && !shiftKey && !altKey && !ctrlKey && !metaKey

/** The field comes from the server: what was typed into it before this code was here has been heard by nobody. */
function useTakeEarly(field: RefObject<HTMLTextAreaElement | null>, write: (text: string) => void) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page comes alive
  useLayoutEffect(() => {
    const early = field.current?.value ?? ''
    if (early !== '') write(early)
  }, [])
}
