// What the job waits for, answered right here, or how each wait ended; and the jobs before and after it.
import { jobsStrings } from '../../components/strings/jobs.ts'
import type { AnswerWait } from '../chat/useAnswering.ts'
import { WaitCard } from '../chat/WaitCard.tsx'
import { durationWords } from './durationWords.ts'
import { JobSection } from './JobSection.tsx'
import type { JobData } from './jobData.ts'

const { waits: say, statuses } = jobsStrings

type JobWaitsProps = { job: JobData; answer: AnswerWait; open: (messageId: string) => void }

export function JobWaits({ job, answer, open }: JobWaitsProps) {
  const { waits, goesOn, cameFrom } = job
  if (waits.length === 0 && goesOn.length === 0 && cameFrom === null) return null
  return (
    <JobSection title={waits.length === 0 ? say.neighbours : say.title}>
      {cameFrom === null ? null : (
        <p>
          {say.cameFrom} <JobButton open={() => open(cameFrom)}>{say.previousJob}</JobButton>
        </p>
      )}
      {waits.length === 0 ? null : (
        <ul>
          {waits.map((wait) => (
            <li key={wait.waitId}>
              <WaitCard wait={wait} answer={answer} />
              {wait.endedAt === undefined ? null : (
                <p className="-mt-1.5 px-3.5 pb-1 text-xs text-soft tabular-nums">
                  {say.lasted(durationWords(wait.endedAt - wait.openedAt))}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {goesOn.map(({ messageId, status }, at) => (
        <p key={messageId}>
          {say.wentOn} <JobButton open={() => open(messageId)}>{say.nextJob(at + 1, statuses[status])}</JobButton>
        </p>
      ))}
    </JobSection>
  )
}

function JobButton({ open, children }: { open: () => void; children: string }) {
  return (
    <button
      type="button"
      onClick={open}
      className="inline-flex min-h-9 items-center rounded-sm text-lamp underline decoration-1 underline-offset-3"
    >
      {children}
    </button>
  )
}
