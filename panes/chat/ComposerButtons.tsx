'use client'
// Send, which says what becomes of the message, and Stop.
import { ArrowUp, CornerDownLeft, ListPlus, type LucideIcon, Square, Zap } from 'lucide-react'
import { strings } from '../../components/strings.ts'
import type { Policy } from '../../convex/validators.ts'

export function StopButton({ stop, isStopping }: { stop: () => void; isStopping: boolean }) {
  return (
    <button
      type="button"
      onClick={stop}
      aria-label={strings.actions.stop}
      aria-disabled={isStopping}
      title={`${strings.actions.stop} (Esc)`}
      className="enter grid size-10 shrink-0 place-items-center rounded-full border border-line text-ink transition-colors hover:bg-hover aria-disabled:opacity-55 pointer-coarse:size-11"
    >
      <Square size={13} fill="currentColor" aria-hidden="true" />
    </button>
  )
}

const icons: Record<Policy, LucideIcon> = { queue: ListPlus, steer: CornerDownLeft, interrupt: Zap }

/** `policy` null: nothing is running, it is answered at once. */
export function SendButton({ policy, canSend }: { policy: Policy | null; canSend: boolean }) {
  const label = policy === null ? strings.actions.send : strings.policy.send[policy]
  const Icon = policy === null ? ArrowUp : icons[policy]
  return (
    <button
      type="submit"
      aria-label={label}
      aria-disabled={!canSend}
      title={label}
      className="grid size-10 shrink-0 place-items-center rounded-full bg-lamp text-on-lamp transition-[opacity,background-color] hover:opacity-90 aria-disabled:bg-bubble aria-disabled:text-soft pointer-coarse:size-11"
    >
      <Icon size={19} strokeWidth={2.25} aria-hidden="true" />
    </button>
  )
}
