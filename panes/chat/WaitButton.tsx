// A button of a card that waits for the person. While an answer is on its way all of them rest, and the pressed one says so; none is
// disabled, since a disabled button loses the focus.
import { clsx } from 'clsx'
import { LoaderCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Progress } from './useAnswering.ts'

type WaitButtonProps = {
  name: string
  progress: Progress
  onPress: () => void
  tone?: 'main' | 'framed' | 'plain'
  isOff?: boolean
  describedBy?: string
  children: ReactNode
}

const looks = {
  main: 'bg-lamp font-medium text-on-lamp hover:opacity-90',
  framed: 'border border-line bg-paper font-medium text-ink hover:bg-hover',
  plain: 'text-soft hover:bg-hover hover:text-ink',
}

export function WaitButton({
  name,
  progress,
  onPress,
  tone = 'framed',
  isOff = false,
  describedBy,
  children,
}: WaitButtonProps) {
  const isPressed = 'pressed' in progress && progress.pressed === name
  const isResting = isOff || isBusy(progress)
  return (
    <button
      type="button"
      aria-disabled={isResting}
      aria-busy={isPressed}
      aria-describedby={describedBy}
      onClick={() => !isResting && onPress()}
      className={clsx(
        'inline-flex min-h-10 items-center gap-1.5 rounded-full px-4 py-1.5 text-left text-sm transition-[background-color,opacity,color] wrap-anywhere',
        looks[tone],
        isResting && !isPressed && 'opacity-60',
      )}
    >
      {isPressed ? <LoaderCircle size={15} aria-hidden="true" className="shrink-0 animate-spin" /> : null}
      {children}
    </button>
  )
}

export function isBusy({ kind }: Progress): boolean {
  return kind === 'sending' || kind === 'saved' || kind === 'late'
}
