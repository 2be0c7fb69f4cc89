// What a press does to the threads on the page before the database has answered. The database's answer takes its place, whatever it is.
import type { OptimisticLocalStore } from 'convex/browser'
import type { FunctionReturnType } from 'convex/server'
import { api } from '../../convex/_generated/api.js'

type Row = FunctionReturnType<typeof api.threads.pinned>[number]
type Open = NonNullable<FunctionReturnType<typeof api.threads.get>>

/** Every row of this thread, wherever it is listed; null takes it out. */
export function changeRows(store: OptimisticLocalStore, threadId: string, change: (row: Row) => Row | null): void {
  const changed = (rows: readonly Row[]) =>
    rows.flatMap((row) => (row.threadId === threadId ? (change(row) ?? []) : row))
  for (const { args, value } of store.getAllQueries(api.threads.list)) {
    if (value !== undefined) store.setQuery(api.threads.list, args, { ...value, page: changed(value.page) })
  }
  const pinned = store.getQuery(api.threads.pinned, {})
  if (pinned !== undefined) store.setQuery(api.threads.pinned, {}, changed(pinned))
}

/** The thread itself, where it is open. */
function changeOpen(store: OptimisticLocalStore, threadId: string, change: (thread: Open) => Open): void {
  const open = store.getQuery(api.threads.get, { threadId })
  if (open) store.setQuery(api.threads.get, { threadId }, change(open))
}

export function renameRow(store: OptimisticLocalStore, threadId: string, title: string): void {
  changeRows(store, threadId, (row) => ({ ...row, title }))
  changeOpen(store, threadId, (thread) => ({ ...thread, title }))
}

export function findRow(store: OptimisticLocalStore, threadId: string): Row | undefined {
  const listed = store.getAllQueries(api.threads.list).flatMap(({ value }) => value?.page ?? [])
  return [...(store.getQuery(api.threads.pinned, {}) ?? []), ...listed].find((row) => row.threadId === threadId)
}

/** Pinned at once; an unpinned one comes back into the list with the answer, since only the database knows on which page. */
export function pinRow(store: OptimisticLocalStore, threadId: string, isPinned: boolean, now: number): void {
  const row = findRow(store, threadId)
  changeRows(store, threadId, () => null)
  changeOpen(store, threadId, ({ pinnedAt, ...thread }) => (isPinned ? { ...thread, pinnedAt: now } : thread))
  const pinned = store.getQuery(api.threads.pinned, {})
  if (!isPinned || row === undefined || pinned === undefined) return
  store.setQuery(api.threads.pinned, {}, [{ ...row, pinnedAt: now }, ...pinned])
}
