// Everything of a person's as one JSON file, read page by page and written piece by piece: no more than a page and the pieces are held.
// Pure but for the reader it is given.
import type { FunctionArgs, FunctionReference, FunctionReturnType } from 'convex/server'
import { api } from '../../../convex/_generated/api.js'

type Query = FunctionReference<'query'>
export type Reader = <Q extends Query>(query: Q, args: FunctionArgs<Q>) => Promise<FunctionReturnType<Q>>
export type ExportProgress = { threads: number; messages: number }

/** Raised when the shape changes, so that what reads the files can tell. */
const JSON_VERSION = 1
const THREADS_PAGE = 50
const MESSAGES_PAGE = 50

type ThreadRow = FunctionReturnType<typeof api.threads.list>['page'][number]

/** The pieces of the file, in their order. `report` is told as it goes on; an error leaves no half file: nobody has saved it yet. */
export async function* exportAccount(
  read: Reader,
  exportedAt: number,
  report: (progress: ExportProgress) => void,
): AsyncGenerator<string> {
  const progress = { threads: 0, messages: 0 }
  yield `{"format":"nightshift-account","version":${JSON_VERSION},"exportedAt":${JSON.stringify(new Date(exportedAt))}`
  yield `,\n"preferences":${JSON.stringify(await read(api.preferences.get, {}))}`
  yield `,\n"memories":${JSON.stringify(await read(api.memories.list, {}))}`
  yield `,\n"schedules":${JSON.stringify(await read(api.schedules.list, {}))}`
  yield ',\n"threads":['
  for await (const row of everyThread(read)) {
    yield progress.threads === 0 ? '\n' : ',\n'
    yield* exportThread(read, row, (count) => {
      progress.messages += count
      report({ ...progress })
    })
    progress.threads += 1
    report({ ...progress })
  }
  yield '\n]}\n'
}

/** Pinned, listed, archived. One that moves from one list to another while they are read is told once. */
async function* everyThread(read: Reader): AsyncGenerator<ThreadRow> {
  const told = new Set<string>()
  for await (const row of threadLists(read)) {
    if (told.has(row.threadId)) continue
    told.add(row.threadId)
    yield row
  }
}

async function* threadLists(read: Reader): AsyncGenerator<ThreadRow> {
  yield* await read(api.threads.pinned, {})
  for (const shelf of [{}, { shelf: 'archived' as const }]) {
    yield* everyPage((cursor) =>
      read(api.threads.list, { ...shelf, paginationOpts: { cursor, numItems: THREADS_PAGE } }),
    )
  }
}

async function* exportThread(read: Reader, row: ThreadRow, count: (messages: number) => void): AsyncGenerator<string> {
  const { threadId } = row
  const settings = await read(api.threads.get, { threadId })
  yield JSON.stringify({ ...row, ...settings }).slice(0, -1)
  yield ',"messages":['
  let isFirst = true
  for await (const message of everyMessage(read, threadId)) {
    yield (isFirst ? '\n  ' : ',\n  ') + JSON.stringify(message)
    isFirst = false
    count(1)
  }
  yield ']}'
}

/** Newest first, of every version: a message that several of them share is told once, and says which branch it is on. What runs comes last. */
async function* everyMessage(read: Reader, threadId: string) {
  const told = new Set<string>()
  const { branch: shown, forks } = await read(api.branches.forks, { threadId })
  const branches = new Set([shown, ...forks.flatMap(({ turns }) => turns.map(({ branch }) => branch))])
  for (const branch of branches) {
    const pages = everyPage((cursor) =>
      read(api.messages.page, { threadId, branch, paginationOpts: { cursor, numItems: MESSAGES_PAGE } }),
    )
    for await (const message of pages) {
      if (told.has(message.messageId)) continue
      told.add(message.messageId)
      yield message
    }
  }
  const { messages } = await read(api.messages.tail, { threadId })
  yield* messages.filter(({ messageId }) => !told.has(messageId))
}

type Page<Row> = { page: Row[]; isDone: boolean; continueCursor: string }

async function* everyPage<Row>(next: (cursor: string | null) => Promise<Page<Row>>): AsyncGenerator<Row> {
  let cursor: string | null = null
  for (;;) {
    const { page, isDone, continueCursor }: Page<Row> = await next(cursor)
    yield* page
    if (isDone) return
    cursor = continueCursor
  }
}
