// A small chart of columns over time; to a screen reader a table of the times at which there was something.
import { clsx } from 'clsx'
import { useId } from 'react'
import { jobsStrings } from '../../components/strings/jobs.ts'

const say = jobsStrings.page

export type Series = { name: string; look: 'good' | 'bad' | 'quiet' }
export type Column = {
  key: string | number
  /** What it is called in the table, and when it is pointed at. */
  label: string
  /** One for each series, from the bottom to the top. */
  values: readonly number[]
}

type ColumnChartProps = {
  title: string
  lead: string
  /** What the columns are: `Hour`. */
  head: string
  series: readonly Series[]
  columns: readonly Column[]
  /** Below the first, the middle and the last column. */
  marks: readonly [string, string, string]
  format: (value: number) => string
}

const looks: Record<Series['look'], string> = { good: 'bg-lamp', bad: 'bg-bad', quiet: 'bg-soft' }
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

export function ColumnChart({ title, lead, head, series, columns, marks, format }: ColumnChartProps) {
  const titleId = useId()
  const peak = Math.max(0, ...columns.map(({ values }) => sumOf(values)))
  return (
    <figure aria-labelledby={titleId} className="min-w-0 rounded-2xl border border-line bg-raised px-4 py-3">
      <figcaption id={titleId} className="text-sm font-medium">
        {title}
      </figcaption>
      <p className="flex justify-between gap-2 text-xs text-soft">
        <span>{lead}</span>
        <span suppressHydrationWarning className="tabular-nums">
          {peak === 0 ? say.nothing : say.peak(format(peak))}
        </span>
      </p>
      <div aria-hidden="true" className="mt-2 flex h-16 items-end gap-px border-b border-line">
        {columns.map((column) => (
          <ColumnShape key={column.key} column={column} series={series} peak={peak} format={format} />
        ))}
      </div>
      <p aria-hidden="true" suppressHydrationWarning className="mt-1 flex justify-between text-[0.6875rem] text-soft">
        {marks.map((mark) => (
          <span key={mark} suppressHydrationWarning>
            {mark}
          </span>
        ))}
      </p>
      {series.length > 1 ? <Keys series={series} /> : null}
      <ChartTable {...{ title, head, series, columns, format }} />
    </figure>
  )
}

type ColumnShapeProps = Pick<ColumnChartProps, 'series' | 'format'> & { column: Column; peak: number }

function ColumnShape({ column: { label, values }, series, peak, format }: ColumnShapeProps) {
  const whole = sumOf(values)
  return (
    <span className="flex h-full flex-1 items-end" title={`${label}: ${format(whole)}`} suppressHydrationWarning>
      <span
        className="flex w-full flex-col-reverse overflow-hidden rounded-t-[3px] transition-[height] duration-500"
        // What there is can be seen, however small beside the highest.
        style={{ height: whole === 0 ? 0 : `max(3px, ${(whole / peak) * 100}%)` }}
      >
        {series.map(({ name, look }, at) => (
          <span key={name} className={looks[look]} style={{ flexGrow: values[at] ?? 0 }} />
        ))}
      </span>
    </span>
  )
}

function Keys({ series }: { series: readonly Series[] }) {
  return (
    <ul aria-hidden="true" className="mt-1 flex flex-wrap gap-x-3 text-xs text-soft">
      {series.map(({ name, look }) => (
        <li key={name} className="flex items-center gap-1.5">
          <span className={clsx('size-2 rounded-[2px]', looks[look])} />
          {name}
        </li>
      ))}
    </ul>
  )
}

function ChartTable({ title, head, series, columns, format }: Omit<ColumnChartProps, 'lead' | 'marks'>) {
  const filled = columns.filter(({ values }) => sumOf(values) > 0)
  if (filled.length === 0) return null
  return (
    <table className="sr-only">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {series.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {filled.map(({ key, label, values }) => (
          <tr key={key}>
            <th scope="row" suppressHydrationWarning>
              {label}
            </th>
            {series.map(({ name }, at) => (
              <td key={name}>{format(values[at] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
