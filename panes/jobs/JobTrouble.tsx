// What a job failed of: what was said, why that happens, what helps.
import { jobsStrings } from '../../components/strings/jobs.ts'
import { momentWords } from '../chat/countdownWords.ts'
import type { JobData } from './jobData.ts'
import { troubleOf } from './troubleOf.ts'

const say = jobsStrings.job

export function JobTrouble({ error, now }: { error: NonNullable<JobData['error']>; now: number }) {
  const { message, cause, hint } = troubleOf(error)
  return (
    <section className="rounded-xl bg-bad-wash px-4 py-3 text-sm">
      <h3 className="sr-only">{say.wentWrong}</h3>
      <p className="font-medium wrap-anywhere text-bad">{message}</p>
      <dl className="mt-2 grid gap-x-4 gap-y-1 @md:grid-cols-[6rem_1fr]">
        {cause === undefined ? null : <Line name={say.cause}>{cause}</Line>}
        {hint === undefined ? null : <Line name={say.hint}>{hint}</Line>}
      </dl>
      {error.retryAt === undefined ? null : <p className="mt-2">{say.again(momentWords(error.retryAt, now))}</p>}
      <p className="mt-2 font-mono text-xs text-soft">{error.code}</p>
    </section>
  )
}

function Line({ name, children }: { name: string; children: string }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="mb-1 text-pretty @md:mb-0">{children}</dd>
    </>
  )
}
