// What a person can do with a thread from anywhere in the page, done. Each says what became of it, and what can be undone offers that.
// Loaded with the first of them (useThreadDoings.ts).
import type { ConvexReactClient } from 'convex/react'
import { threadStrings } from '../../components/strings/threads.ts'
import { strings } from '../../components/strings.ts'
import { api } from '../../convex/_generated/api.js'
import type { ExportFormat } from '../../lib/chat/exportThread.ts'
import { undoOfferedMs, undoShownMs } from '../../lib/chat/undoTimes.ts'
import { explainFailure } from '../chat/explainFailure.ts'
import { showNotice } from '../notices/showNotice.ts'
import type { Reopen, WorkspaceWays } from '../workspace/workspaceContext.ts'
import { changeRows, pinRow, renameRow } from './optimisticThreads.ts'
import type { NamedThread } from './threadRow.ts'

export type DoingContext = { convex: ConvexReactClient } & Pick<WorkspaceWays, 'open' | 'close'>

const say = threadStrings

export function rename(context: DoingContext, thread: NamedThread): void {
  const { threadId, title } = thread
  const renamed = context.convex.mutation(
    api.threads.rename,
    { threadId, title },
    { optimisticUpdate: (store) => renameRow(store, threadId, title) },
  )
  attempt(renamed, thread, 'rename', () => rename(context, thread))
}

export function pin(context: DoingContext, thread: NamedThread, isPinned: boolean): void {
  const { threadId } = thread
  const pinned = context.convex.mutation(
    api.threads.pin,
    { threadId, isPinned },
    { optimisticUpdate: (store) => pinRow(store, threadId, isPinned, Date.now()) },
  )
  attempt(pinned, thread, 'pin', () => pin(context, thread, isPinned))
}

export function archive(context: DoingContext, thread: NamedThread, isArchived: boolean): void {
  const moved = moveToArchive(context, thread, isArchived)
  const undo = async () => void moveToArchive(context, thread, !isArchived, await moved)
  tell(thread.threadId, {
    words: (isArchived ? say.archived : say.unarchived)(nameOf(thread)),
    action: { label: say.undo, run: () => void undo() },
  })
}

/** Comes to when the thread was pinned, if it was (ms). An undo gives that back. */
function moveToArchive(
  context: DoingContext,
  thread: NamedThread,
  isArchived: boolean,
  pinnedAt: number | null = null,
): Promise<number | null> {
  const { threadId } = thread
  const moved = context.convex.mutation(
    api.threads.archive,
    { threadId, isArchived, ...(pinnedAt === null ? {} : { pinnedAt }) },
    { optimisticUpdate: (store) => changeRows(store, threadId, () => null) },
  )
  attempt(moved, thread, 'archive', () => void moveToArchive(context, thread, isArchived, pinnedAt))
  // What has failed was told, and took no pin away.
  return moved.catch(() => null)
}

export function markUnread(context: DoingContext, thread: NamedThread): void {
  const { threadId } = thread
  const marked = context.convex.mutation(
    api.threads.markUnread,
    { threadId },
    { optimisticUpdate: (store) => changeRows(store, threadId, (row) => ({ ...row, isUnread: true })) },
  )
  attempt(marked, thread, 'unread', () => markUnread(context, thread))
}

export function remove(context: DoingContext, thread: NamedThread): void {
  const { threadId } = thread
  const removed = context.convex.mutation(
    api.threads.remove,
    { threadId },
    { optimisticUpdate: (store) => changeRows(store, threadId, () => null) },
  )
  attempt(removed, thread, 'remove', () => remove(context, thread))
  const reopen = context.close({ kind: 'thread', threadId })
  tell(threadId, {
    words: say.removed(nameOf(thread)),
    shownMs: undoShownMs,
    endsAt: Date.now() + undoOfferedMs,
    action: { label: say.undo, run: () => bringBack(context, thread, reopen) },
  })
}

function bringBack(context: DoingContext, thread: NamedThread, reopen: Reopen | null): void {
  const { threadId } = thread
  context.convex.mutation(api.threads.restore, { threadId }).then(
    (result) => {
      if (result === 'gone') tell(threadId, { words: say.gone(nameOf(thread)), more: say.goneMore }, 'bad')
      else if (reopen !== null && !reopen()) {
        // Whoever has other panes open by now keeps them.
        const show = { label: say.show, run: () => context.open(threadId) }
        tell(threadId, { words: say.restored(nameOf(thread)), action: show })
      }
    },
    (cause: unknown) => tellFailure(cause, thread, 'restore', () => bringBack(context, thread, reopen)),
  )
}

export function exportAs(context: DoingContext, thread: NamedThread, format: ExportFormat): void {
  // Its code comes with the first export.
  const saved = import('./downloadThread.ts').then(({ downloadThread }) =>
    downloadThread(context.convex, thread, format),
  )
  attempt(saved, thread, 'export', () => exportAs(context, thread, format))
}

type Failure = keyof typeof say.failed
type Told = Omit<Parameters<typeof showNotice>[1], 'tone'>

const nameOf = ({ title }: NamedThread) => (title === '' ? strings.threads.untitled : title)

/** One notice for each thread: what was done last takes the place of what was said before. */
function tell(threadId: string, notice: Told, tone: 'quiet' | 'bad' = 'quiet') {
  leaveDrawer()
  showNotice(`thread:${threadId}`, { tone, ...notice })
}

function attempt(work: Promise<unknown>, thread: NamedThread, what: Failure, again: () => void): void {
  work.catch((cause: unknown) => tellFailure(cause, thread, what, again))
}

function tellFailure(cause: unknown, thread: NamedThread, what: Failure, again: () => void) {
  console.warn(`The thread ${thread.threadId} stays as it is (${what}).`, cause)
  const more = explainFailure(cause, say.checkConnection)
  tell(
    thread.threadId,
    { words: say.failed[what](nameOf(thread)), more, action: { label: say.again, run: again } },
    'bad',
  )
}

/** On a phone the list lies over the page, and a notice below it could not be pressed. */
function leaveDrawer() {
  document.querySelector<HTMLDialogElement>('dialog.drawer[open]')?.close()
}
