// Which panes are open, as their address says: /chat/<first>?panes=<second>,<third>&widths=50,25,25. Pure.
import { isClientId } from '../../lib/chat/messageLimits.ts'

/** A new chat has its id before it has an address. */
export type Pane =
  | { kind: 'thread'; threadId: string }
  | { kind: 'new'; threadId: string }
  | { kind: 'job'; messageId: string }

/** `widths`: percent, one for each pane; null: all alike. Never empty. */
export type Layout = { panes: readonly Pane[]; widths: readonly number[] | null }

/** The pane that has the focus is named by its id. It is not in the address. */
export type Focused = { layout: Layout; focusId: string }

export const MOST_PANES = 4
/** Percent; narrower nothing can be read. */
const LEAST_WIDTH = 10
const root = '/chat'
const jobMark = 'job.'

/** One thread is in one pane at most, and so is one job. A new chat keeps its id when it becomes a thread. */
export const idOfPane = (pane: Pane): string =>
  pane.kind === 'job' ? `${jobMark}${pane.messageId}` : `thread.${pane.threadId}`

/** `newId`: what a new chat is called until it is a thread. What is not an entry, or comes twice, is left out. */
export function parseLayout(path: string, search: string, newId: string): Layout {
  const query = new URLSearchParams(search)
  const first = path.startsWith(`${root}/`) ? path.slice(root.length + 1).replace(/\/$/, '') : ''
  const entries = [first === '' ? 'new' : first, ...(query.get('panes') ?? '').split(',')]
  const panes = withoutRepeats(entries.flatMap((entry) => parseEntry(entry, newId) ?? [])).slice(0, MOST_PANES)
  if (panes.length === 0) return { panes: [{ kind: 'new', threadId: newId }], widths: null }
  return { panes, widths: parseWidths(query.get('widths'), panes.length) }
}

/** What may stand after `/chat/`. */
export const isPaneEntry = (entry: string): boolean => parseEntry(entry, '') !== null && entry !== 'new'

function parseEntry(entry: string, newId: string): Pane | null {
  if (entry === 'new') return { kind: 'new', threadId: newId }
  if (isClientId(entry)) return { kind: 'thread', threadId: entry }
  const messageId = entry.startsWith(jobMark) ? entry.slice(jobMark.length) : ''
  return isReplyId(messageId) ? { kind: 'job', messageId } : null
}

/** Ids of replies are made by the database, those of messages by clients: both are plain words. */
const isReplyId = (id: string) => /^[\w-]{1,64}$/.test(id)

function withoutRepeats(panes: readonly Pane[]): Pane[] {
  return panes.filter((pane, place) => panes.findIndex((other) => idOfPane(other) === idOfPane(pane)) === place)
}

function parseWidths(text: string | null, count: number): number[] | null {
  const widths = (text ?? '').split(',').map(Number)
  const isWhole = widths.length === count && widths.every((width) => width >= LEAST_WIDTH && width <= 100)
  const sum = widths.reduce((all, width) => all + width, 0)
  return isWhole && count > 1 && Math.abs(sum - 100) <= count ? widths : null
}

export function printLayout({ panes, widths }: Layout): string {
  const [first = 'new', ...others] = panes.map(printEntry)
  const query = [
    ...(others.length === 0 ? [] : [`panes=${others.join(',')}`]),
    ...(widths === null ? [] : [`widths=${widths.map((width) => Math.round(width)).join(',')}`]),
  ]
  return `${first === 'new' ? root : `${root}/${first}`}${query.length === 0 ? '' : `?${query.join('&')}`}`
}

function printEntry(pane: Pane): string {
  if (pane.kind === 'new') return 'new'
  return pane.kind === 'thread' ? pane.threadId : `${jobMark}${pane.messageId}`
}

export const placeOfPane = ({ panes }: Layout, id: string): number => panes.findIndex((pane) => idOfPane(pane) === id)

/** In the focused pane, or where it is already. Beside a job there is a conversation: that one gives way, never the job. */
export function openPane({ layout, focusId }: Focused, pane: Pane): Focused {
  const known = placeKnown(layout, pane)
  if (known !== null) return { layout, focusId: idAt(layout, known) }
  const focused = placeOfPane(layout, focusId)
  const place = layout.panes[focused]?.kind === 'job' ? findChat(layout, focused) : Math.max(focused, 0)
  if (place === -1) return openBeside({ layout, focusId }, pane)
  return { layout: { ...layout, panes: layout.panes.with(place, pane) }, focusId: idOfPane(pane) }
}

/** The nearest conversation to the left, else the first. -1: there is none. */
function findChat({ panes }: Layout, from: number): number {
  const left = panes.slice(0, from).findLastIndex(({ kind }) => kind !== 'job')
  return left === -1 ? panes.findIndex(({ kind }) => kind !== 'job') : left
}

/** Right of the focused pane. One job is looked at at a time; when there is no room the neighbour gives way. */
export function openBeside({ layout, focusId }: Focused, pane: Pane): Focused {
  const { panes } = layout
  const known = placeKnown(layout, pane)
  if (known !== null) return { layout, focusId: idAt(layout, known) }
  const focused = Math.max(placeOfPane(layout, focusId), 0)
  const oldJob = pane.kind === 'job' ? panes.findIndex(({ kind }) => kind === 'job') : -1
  if (oldJob !== -1) return { layout: { ...layout, panes: panes.with(oldJob, pane) }, focusId: idOfPane(pane) }
  const isFull = panes.length >= MOST_PANES
  const neighbour = focused + 1 < panes.length ? focused + 1 : focused - 1
  const next = isFull ? panes.with(neighbour, pane) : panes.toSpliced(focused + 1, 0, pane)
  return { layout: { panes: next, widths: isFull ? layout.widths : null }, focusId: idOfPane(pane) }
}

/** There is one new chat at a time: its draft is the device's one draft of “new chat”. */
function placeKnown(layout: Layout, pane: Pane): number | null {
  const place =
    pane.kind === 'new' ? layout.panes.findIndex(({ kind }) => kind === 'new') : placeOfPane(layout, idOfPane(pane))
  return place === -1 ? null : place
}

/** The focus goes to the neighbour. `newId`: something stays open, if only a new chat. */
export function closePane({ layout, focusId }: Focused, id: string, newId: string): Focused {
  const place = placeOfPane(layout, id)
  if (place === -1) return { layout, focusId }
  const rest = layout.panes.toSpliced(place, 1)
  const panes: Pane[] = rest.length === 0 ? [{ kind: 'new', threadId: newId }] : rest
  const next: Layout = { panes, widths: null }
  return { layout: next, focusId: id === focusId ? idAt(next, Math.min(place, panes.length - 1)) : focusId }
}

/** So many places to the right (less than 0: to the left), width and all. */
export function movePane({ layout, focusId }: Focused, id: string, by: number): Focused {
  const from = placeOfPane(layout, id)
  const to = from + by
  if (from === -1 || to < 0 || to >= layout.panes.length) return { layout, focusId }
  const { panes, widths } = layout
  return { layout: { panes: shift(panes, from, to), widths: widths && shift(widths, from, to) }, focusId }
}

const shift = <T>(list: readonly T[], from: number, to: number): T[] =>
  list.toSpliced(from, 1).toSpliced(to, 0, ...list.slice(from, from + 1))

/** The pane to the left or right, round and round. */
export function focusNext({ layout, focusId }: Focused, by: -1 | 1): Focused {
  const count = layout.panes.length
  return { layout, focusId: idAt(layout, (placeOfPane(layout, focusId) + by + count) % count) }
}

function idAt({ panes }: Layout, place: number): string {
  const pane = panes[place]
  if (pane === undefined) throw new Error(`There is no pane ${place} of ${panes.length}`)
  return idOfPane(pane)
}
