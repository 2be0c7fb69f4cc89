// A job in figures, and the run that worked on it.
import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { useBrowserSettings, useModels } from '../../components/BrowserSettings.tsx'
import { jobsStrings } from '../../components/strings/jobs.ts'
import { labelOf } from '../chat/modelWords.ts'
import { JobSection } from './JobSection.tsx'
import type { JobData } from './jobData.ts'
import { type ContextUse, contextUse, describeJob, runLink } from './jobFacts.ts'

const say = jobsStrings.facts

export function JobFacts({ job }: { job: JobData }) {
  const models = useModels()
  const { runUrl } = useBrowserSettings()
  const use = contextUse(job, models)
  return (
    <JobSection title={say.title}>
      <Lines>
        {describeJob(job, (id) => labelOf(models, id)).map(({ name, words }) => (
          <Line key={name} name={name}>
            {words}
          </Line>
        ))}
        {use === null ? null : (
          <Line name={say.context}>
            <ContextBar use={use} />
          </Line>
        )}
        {job.inngestJobId === '' ? null : (
          <Line name={say.run}>
            <Run id={job.inngestJobId} href={runLink(runUrl, job.inngestJobId)} />
          </Line>
        )}
      </Lines>
    </JobSection>
  )
}

function Run({ id, href }: { id: string; href: string | null }) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-3">
      <code className="font-mono text-[0.8125rem]">{id}</code>
      {href === null ? null : (
        <a
          href={href}
          target="_blank"
          rel="noreferrer"
          className="-my-2 inline-flex items-center gap-1.5 py-2 text-lamp underline decoration-1 underline-offset-3"
        >
          {say.openRun}
          <span className="sr-only"> {say.newTab}</span>
          <ExternalLink size={13} aria-hidden="true" />
        </a>
      )}
    </span>
  )
}

function ContextBar({ use: { usedTokens, windowTokens, words } }: { use: ContextUse }) {
  const share = Math.min(1, usedTokens / windowTokens)
  return (
    <>
      <span>{words}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: the inside of a meter cannot be given the same look everywhere */}
      <span
        role="meter"
        aria-label={say.context}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={words}
        className="mt-1 block h-1.5 max-w-64 overflow-hidden rounded-full bg-bubble"
      >
        <span className="block h-full min-w-1 rounded-full bg-lamp" style={{ width: `${share * 100}%` }} />
      </span>
    </>
  )
}

export function Lines({ children }: { children: ReactNode }) {
  return <dl className="grid gap-x-4 @md:gap-y-1.5 @md:grid-cols-[minmax(8rem,auto)_1fr]">{children}</dl>
}

export function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="mb-2.5 min-w-0 wrap-anywhere tabular-nums @md:mb-0">{children}</dd>
    </>
  )
}
