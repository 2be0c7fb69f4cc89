// What will happen to what is being written: sent, queued, taken in, kept on this device, or too long to be sent at all.
import { strings } from '../../components/strings.ts'
import type { Policy } from '../../convex/validators.ts'
import { policyHints } from './policyHints.ts'

type ComposerHintProps = { id: string; over: number; isRunning: boolean; isOnline: boolean; policy: Policy }

/** Other words are another element: they stand at the right, and it is not one that moves. */
export function ComposerHint({ id, over, isRunning, isOnline, policy }: ComposerHintProps) {
  if (over > 0) {
    return (
      <p key="over" id={id} className="px-2 font-medium text-bad">
        {strings.composer.tooLong(over.toLocaleString())}
      </p>
    )
  }
  if (!isOnline) {
    return (
      <p key="offline" id={id} className={isRunning ? 'sr-only' : 'px-2 text-right'}>
        {strings.composer.hintOffline}
      </p>
    )
  }
  if (!isRunning) {
    return (
      <p key="keys" id={id} className="px-2 @max-xl:sr-only pointer-coarse:sr-only">
        {strings.composer.hint}
      </p>
    )
  }
  // Two lines at most, as high as the choice beside it, so that another choice moves nothing.
  return (
    <p key="running" id={id} className="min-w-0 px-2 text-right leading-4 @max-2xl:sr-only">
      <span className="sr-only">{strings.policy.hint(policyHints[policy])}</span>
      <span aria-hidden="true" className="line-clamp-2">
        {policyHints[policy]}
      </span>
    </p>
  )
}
