// A reply that waits for a time: what for, how long still, and how to end it.
import { waitStrings } from '../../components/strings/waits.ts'
import type { WaitView } from '../../convex/validators.ts'
import { Countdown } from './Countdown.tsx'
import type { Press, Progress } from './useAnswering.ts'
import { WaitButton } from './WaitButton.tsx'

const say = waitStrings

export function TimeCard({ wait, progress, press }: { wait: WaitView; progress: Progress; press: Press }) {
  return (
    <>
      <p className="font-medium whitespace-pre-wrap wrap-anywhere">
        <bdi>{wait.reason ? say.waitsFor(wait.reason) : say.waitsForTime}</bdi>
      </p>
      <p className="text-sm text-soft">
        <Countdown until={wait.until} say={say.goesOn} />
      </p>
      <div className="flex flex-wrap gap-2 pt-1">
        <WaitButton name="skip" progress={progress} onPress={() => press('skip', { kind: 'skip' })}>
          {say.goOnNow}
        </WaitButton>
        <WaitButton name="cancel" tone="plain" progress={progress} onPress={() => press('cancel', { kind: 'cancel' })}>
          {say.cancel}
        </WaitButton>
      </div>
    </>
  )
}
