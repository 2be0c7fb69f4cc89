/** One run as a page for people: what ran when, how often, and with which errors. Read-only; it shows no event and no result. */
import type { Core } from '../engine/core.ts'
import type { Json } from '../protocol/json.ts'
import type { QueueItem } from '../store/queueStore.ts'
import type { Run, Step, StepFailure } from '../store/runStore.ts'
import type { Answer, Route } from './route.ts'

/** While a run lives, its page looks again after this many seconds. */
const REFRESH_S = 2

export function runPageRoutes({ runs, queue, apps }: Pick<Core, 'runs' | 'queue' | 'apps'>): Route[] {
  const handle: Route['handle'] = ({ params }) => {
    const id = params['id'] ?? ''
    const run = runs.get(id)
    if (!run)
      return page(
        404,
        id,
        `<h1>No such run</h1><p>Run <code>${escapeHtml(id)}</code> does not exist, or was pruned.</p>`,
      )
    const name = apps.function(run.functionSlug)?.name ?? run.functionSlug
    const rows = [...runs.steps(id).map(stepRow), ...queue.ofRun(id).map(itemRow), ...runs.failures(id).map(failureRow)]
    return page(200, id, runHtml(run, name, rows), run.endedAt === null)
  }
  return [{ method: 'GET', path: '/runs/:id', access: 'open', handle }]
}

interface Row {
  /** Rows stand in this order (ms). */
  at: number
  cells: string[]
}

const stepRow = ({ name, op, error, startedAt, endedAt }: Step): Row => ({
  at: endedAt,
  cells: [
    name,
    op,
    error === undefined ? 'done' : 'failed',
    clock(endedAt),
    lengthOf(startedAt, endedAt),
    messageOf(error),
  ],
})

const itemRow = ({ name, kind, state, dueAt, attempt, maxAttempts }: QueueItem): Row => ({
  at: Math.max(dueAt, 1),
  cells: [name, kind, `${state}, attempt ${attempt + 1} of ${maxAttempts}`, clock(dueAt), '', ''],
})

const failureRow = ({ name, attempt, at, error }: StepFailure): Row => ({
  at,
  cells: [name || 'the function', 'attempt', `attempt ${attempt + 1} failed`, clock(at), '', messageOf(error)],
})

function runHtml(run: Run, name: string, rows: readonly Row[]): string {
  const facts = [
    ['Status', run.status],
    ['Function', name],
    ['Event', run.event.name],
    ['Created', clock(run.createdAt)],
    ['Started', clock(run.startedAt)],
    ['Ended', clock(run.endedAt)],
    ['Calls', String(run.calls)],
  ]
  const lines = facts.map(([term, value]) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd>`).join('')
  const body = rows
    .toSorted((a, b) => a.at - b.at)
    .map(({ cells }) => `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`)
    .join('')
  const head = ['Step', 'Kind', 'State', 'At', 'Took', 'Error'].map((cell) => `<th scope="col">${cell}</th>`).join('')
  return `<h1>Run <code>${escapeHtml(run.id)}</code></h1><dl>${lines}</dl>
<div><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
}

const clock = (at: number | null): string => (at === null ? '—' : new Date(at).toISOString().replace('T', ' '))
const lengthOf = (from: number | null, to: number): string =>
  from === null ? '' : `${((to - from) / 1_000).toFixed(3)} s`

function messageOf(error: Json | undefined): string {
  if (error === undefined || error === null) return ''
  const message = typeof error === 'object' && 'message' in error ? error['message'] : undefined
  return typeof message === 'string' ? message : JSON.stringify(error)
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text = ''): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign)

const style = `:root{color-scheme:light dark}body{font:15px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.2rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1.5rem}dt{opacity:.7}dd{margin:0}div{overflow-x:auto}
table{border-collapse:collapse;font-size:.85rem;white-space:nowrap}th,td{text-align:left;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #8884}`

function page(status: number, id: string, body: string, isLive = false): Answer {
  const refresh = isLive ? `<meta http-equiv="refresh" content="${REFRESH_S}">` : ''
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}<title>Run ${escapeHtml(id)}</title>`
  return {
    status,
    isPage: true,
    body: `<!doctype html><html lang="en"><head>${head}<style>${style}</style></head><body><main>${body}</main></body></html>`,
  }
}
