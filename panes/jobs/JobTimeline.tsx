// A job as a picture to scale, which is a table: a row for each step, its bars on the lane, its length at the end.
import { clsx } from 'clsx'
import { clockToSecond } from '../../components/clockTime.ts'
import { jobsStrings } from '../../components/strings/jobs.ts'
import { breakLook, lookOfBar } from './barLooks.ts'
import { durationWords, shortDuration } from './durationWords.ts'
import type { JobData } from './jobData.ts'
import { lengthOfLane, nameOfLane, wordsOfBar, wordsOfLane } from './jobWords.ts'
import { type Axis, isAtEnd, type Room } from './layAxis.ts'
import { type Bar, type Lane, layTimeline, type Timeline } from './layTimeline.ts'

const say = jobsStrings.timeline

export function JobTimeline({ job, now }: { job: JobData; now: number }) {
  const timeline = layTimeline(job, now)
  if (timeline.lanes.length === 0) return <p className="text-soft">{say.none}</p>
  return (
    <div className="text-sm [--name:6.5rem] [--time:5rem] @md:[--name:9.5rem] @md:[--time:5.25rem]">
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">{say.caption}</caption>
        <colgroup>
          <col className="w-(--name)" />
          <col />
          <col className="w-(--time)" />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">{say.step}</th>
            <th scope="col">{say.course}</th>
            <th scope="col">{say.time}</th>
          </tr>
        </thead>
        <tbody>
          {timeline.lanes.map((lane) => (
            <LaneRow key={lane.key} lane={lane} name={nameOfLane(lane, job)} timeline={timeline} now={now} />
          ))}
        </tbody>
      </table>
      <AxisLine axis={timeline.axis} />
      <Legend lanes={timeline.lanes} />
    </div>
  )
}

type LaneRowProps = { lane: Lane; name: string; timeline: Timeline; now: number }

function LaneRow({ lane, name, timeline, now }: LaneRowProps) {
  const tries = lane.bars.filter((bar) => bar.try !== undefined).length
  return (
    <tr data-lane={lane.key}>
      <th scope="row" className="h-7 pr-2 text-left font-normal">
        <span className="flex items-baseline gap-1.5">
          <span className="truncate" title={`${name} (${lane.key})`}>
            {name}
          </span>
          {tries > 1 ? (
            <span className="shrink-0 text-xs text-soft">
              <span aria-hidden="true">×{tries}</span>
              <span className="sr-only">({say.tries(tries)})</span>
            </span>
          ) : null}
        </span>
      </th>
      <td className="relative p-0">
        <Track lane={lane} timeline={timeline} now={now} />
        <span suppressHydrationWarning className="sr-only">
          {wordsOfLane(lane, now)}
        </span>
      </td>
      <td suppressHydrationWarning className="pl-2 text-right text-xs whitespace-nowrap text-soft tabular-nums">
        {durationWords(lengthOfLane(lane, now))}
      </td>
    </tr>
  )
}

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`

function Track({ lane, timeline: { axis, now: place }, now }: { lane: Lane; timeline: Timeline; now: number }) {
  return (
    <div aria-hidden="true" className="absolute inset-0">
      {axis.stretches.map(({ from, start, length, isBreak }) =>
        isBreak ? (
          <span
            key={from}
            className={clsx('absolute inset-y-0', breakLook)}
            style={{ left: percent(start), width: percent(length) }}
          />
        ) : null,
      )}
      {axis.ticks.map((tick) => (
        <span key={tick.at} className="absolute inset-y-0 w-px bg-line" style={{ left: percent(tick.place) }} />
      ))}
      {lane.bars.map((bar) => (
        <BarShape key={`${bar.kind}${bar.from}`} bar={bar} lane={lane} now={now} />
      ))}
      {lane.marks.map((mark) => (
        <span
          key={mark}
          className="absolute inset-y-1 w-0.5 rounded-full bg-paper ring-1 ring-ink"
          style={{ left: `min(${percent(mark)}, 100% - 2px)` }}
        />
      ))}
      {place === null ? null : (
        <span className="absolute inset-y-0 w-px bg-lamp" style={{ left: `min(${percent(place)}, 100% - 1px)` }} />
      )}
    </div>
  )
}

function BarShape({ bar, lane, now }: { bar: Bar; lane: Lane; now: number }) {
  return (
    <span
      suppressHydrationWarning
      title={wordsOfBar(bar, now)}
      data-bar={bar.kind}
      className={clsx(
        'absolute top-1/2 max-w-full min-w-[3px] -translate-y-1/2 transition-[left,width] duration-500 ease-linear',
        lookOfBar(bar.kind, lane.kind),
      )}
      // What is too short to be seen is drawn 3 px wide, and stays inside.
      style={{ left: `min(${percent(bar.start)}, 100% - 3px)`, width: percent(bar.length) }}
    />
  )
}

/** On a narrow picture the lengths of two cuts so near to each other would be one blot. */
const isTight = (place: number, before: number | undefined): boolean => before !== undefined && place - before < 0.3
const onlyWhereWide = 'hidden @md:inline'
/** With the columns beside it taken off, the axis has the width that layAxis.ts reckons with. */
const roomLooks: Record<Room, string | false> = {
  narrow: false,
  middle: 'hidden @[21rem]:inline',
  wide: onlyWhereWide,
}

function AxisLine({ axis }: { axis: Axis }) {
  return (
    <div
      aria-hidden="true"
      suppressHydrationWarning
      className="relative mr-(--time) ml-(--name) h-5 border-t border-line text-[0.6875rem] whitespace-nowrap text-soft tabular-nums"
    >
      {axis.ticks.map(({ at, place, since, room }) =>
        room === null ? null : (
          <span
            key={at}
            suppressHydrationWarning
            className={clsx(
              'absolute top-0.5',
              since > 0 && '-translate-x-1/2',
              since === 0 && isAtEnd(place) && 'right-0',
              roomLooks[room],
            )}
            style={since === 0 && isAtEnd(place) ? undefined : { left: percent(place) }}
          >
            {since === 0 ? clockToSecond(at) : say.plus(shortDuration(since))}
          </span>
        ),
      )}
      {axis.stretches.map(({ from, to, start, length, isBreak }, n) =>
        isBreak ? (
          <span
            key={from}
            title={say.cut(durationWords(to - from))}
            className={clsx(
              'absolute -top-2.5 -translate-x-1/2 rounded-full border border-line bg-paper px-1.5 leading-4',
              isTight(start, axis.stretches.slice(0, n).findLast((one) => one.isBreak)?.start) && onlyWhereWide,
            )}
            style={{ left: percent(start + length / 2) }}
          >
            {shortDuration(to - from)}
          </span>
        ) : null,
      )}
    </div>
  )
}

/** Only what is in the picture. */
function Legend({ lanes }: { lanes: readonly Lane[] }) {
  const shown = new Map<string, { words: string; look: string }>()
  for (const { kind: lane, bars } of lanes) {
    for (const { kind } of bars) {
      const look = lookOfBar(kind, lane)
      shown.set(look, { look, words: kind === 'done' && lane === 'model' ? say.legend.model : say.legend[kind] })
    }
  }
  return (
    <ul aria-hidden="true" className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft @md:ml-(--name)">
      {[...shown.values()].map(({ look, words }) => (
        <li key={words} className="flex items-center gap-1.5">
          <span className={clsx('inline-block w-4', look)} />
          {words}
        </li>
      ))}
    </ul>
  )
}
