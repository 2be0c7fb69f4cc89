// What people look at first: how much runs, waits for them and has failed, what was spent, and the last hours and days.
import type { ReactNode } from 'react'
import { formatClock } from '../../components/clockTime.ts'
import { jobsStrings } from '../../components/strings/jobs.ts'
import { formatMicros } from '../../lib/chat/formatMicros.ts'
import { isPlainPress } from '../workspace/ThreadLink.tsx'
import { goTo, INBOX_PATH } from '../workspace/threadRoute.ts'
import { ColumnChart, type Series } from './ColumnChart.tsx'
import type { JobSummary } from './jobData.ts'
import type { JobFilter } from './jobsRoute.ts'

const say = jobsStrings.page
/** The database counts no further. */
const MOST_COUNTED = 100

const hourSeries: readonly Series[] = [
  { name: say.ended.done, look: 'good' },
  { name: say.ended.failed, look: 'bad' },
  { name: say.ended.stopped, look: 'quiet' },
]
const daySeries: readonly Series[] = [{ name: say.cost, look: 'good' }]

type JobsOverviewProps = { summary: JobSummary; show: (filter: JobFilter) => void }

export function JobsOverview({ summary, show }: JobsOverviewProps) {
  const { running, needsYou, failed, dayMicros } = summary
  return (
    <section aria-label={say.numbers} className="space-y-3">
      <ul className="grid grid-cols-2 gap-3 @2xl:grid-cols-4">
        <Tile name={say.running} press={() => show('running')} isLit={running > 0}>
          {countOf(running)}
        </Tile>
        <Tile name={say.needsYou} href={INBOX_PATH} isLit={needsYou > 0}>
          {countOf(needsYou)}
        </Tile>
        <Tile name={say.failed} press={() => show('failed')} isBad={failed > 0}>
          {countOf(failed)}
        </Tile>
        <Tile name={say.spentToday}>{formatMicros(dayMicros)}</Tile>
      </ul>
      <div className="grid gap-3 @xl:grid-cols-2">
        <HoursChart hours={summary.hours} />
        <DaysChart days={summary.days} />
      </div>
    </section>
  )
}

const countOf = (count: number): string => (count >= MOST_COUNTED ? say.capped(MOST_COUNTED) : String(count))

type TileProps = {
  name: string
  press?: () => void
  href?: string
  isLit?: boolean
  isBad?: boolean
  children: ReactNode
}

/** One number; pressed, it shows what it counts. */
function Tile({ name, press, href, isLit = false, isBad = false, children }: TileProps) {
  const body = (
    <>
      <span className="block text-sm text-soft">{name}</span>
      <span
        className={`block text-2xl font-semibold tracking-tight tabular-nums ${isBad ? 'text-bad' : isLit ? 'text-lamp' : ''}`}
      >
        {children}
      </span>
    </>
  )
  const look = 'block w-full rounded-2xl border border-line bg-raised px-4 py-3 text-left'
  return (
    <li>
      {press === undefined ? null : (
        <button type="button" onClick={press} className={`${look} transition-colors hover:bg-hover`}>
          {body}
        </button>
      )}
      {href === undefined ? null : (
        <a
          href={href}
          onClick={(event) => isPlainPress(event) && goTo(href)}
          className={`${look} transition-colors hover:bg-hover`}
        >
          {body}
        </a>
      )}
      {press === undefined && href === undefined ? <p className={look}>{body}</p> : null}
    </li>
  )
}

function HoursChart({ hours }: Pick<JobSummary, 'hours'>) {
  const columns = hours.map(({ at, done, failed, stopped }) => ({
    key: at,
    label: formatClock(at),
    values: [done, failed, stopped],
  }))
  return (
    <ColumnChart
      title={say.hours}
      lead={say.hoursLead}
      head={say.hour}
      series={hourSeries}
      columns={columns}
      marks={marksOf(columns.map(({ label }) => label))}
      format={String}
    />
  )
}

function DaysChart({ days }: Pick<JobSummary, 'days'>) {
  const columns = days.map(({ day, micros }) => ({ key: day, label: dayWords(day), values: [micros] }))
  return (
    <ColumnChart
      title={say.days}
      lead={say.daysLead}
      head={say.day}
      series={daySeries}
      columns={columns}
      marks={marksOf(columns.map(({ label }) => label))}
      format={formatMicros}
    />
  )
}

/** Days are those of UTC. */
function dayWords(day: string): string {
  return new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(Date.parse(day))
}

function marksOf(labels: readonly string[]): [string, string, string] {
  return [labels[0] ?? '', labels[Math.floor(labels.length / 2)] ?? '', labels.at(-1) ?? '']
}
