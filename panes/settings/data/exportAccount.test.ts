import { getFunctionName } from 'convex/server'
import { expect, test } from 'vitest'
import { type ExportProgress, exportAccount, type Reader } from './exportAccount.ts'

// The real queries are read in test/e2e/settings.test.ts. Here: what only happens while somebody works in another tab.

const row = (threadId: string) => ({ threadId, title: threadId })
const message = (messageId: string) => ({ messageId, text: `of ${messageId}` })

/** Pages of one row each; the cursor is the place. */
function readerOf(lists: { pinned: string[]; listed: string[]; archived: string[] }, forks: string[][] = []): Reader {
  const paged = (rows: unknown[], cursor: unknown) => {
    const at = Number(cursor ?? 0)
    return { page: rows.slice(at, at + 1), isDone: at + 1 >= rows.length, continueCursor: String(at + 1) }
  }
  return async (query, args) => {
    const given = Object(args)
    const cursor = given.paginationOpts?.cursor
    switch (getFunctionName(query)) {
      case 'threads:pinned':
        return lists.pinned.map(row)
      case 'threads:list':
        return paged((given.shelf === 'archived' ? lists.archived : lists.listed).map(row), cursor)
      case 'threads:get':
        return { threadId: given.threadId, instructions: 'short' }
      case 'branches:forks':
        return { branch: 'main', forks: forks.map((branches) => ({ turns: branches.map((branch) => ({ branch })) })) }
      case 'messages:page':
        return paged([message(`${given.threadId}-${given.branch}`), message(`${given.threadId}-shared`)], cursor)
      case 'messages:tail':
        return { messages: [message(`${given.threadId}-running`)] }
      default:
        return []
    }
  }
}

async function exported(read: Reader, progress: ExportProgress[] = []) {
  const pieces: string[] = []
  for await (const piece of exportAccount(read, 0, (told) => progress.push(told))) pieces.push(piece)
  return JSON.parse(pieces.join(''))
}

test('a chat that is pinned or archived while the lists are read is in the file once', async () => {
  const file = await exported(readerOf({ pinned: ['a'], listed: ['a', 'b'], archived: ['b', 'c'] }))
  expect(file.threads.map(({ threadId }: { threadId: string }) => threadId)).toEqual(['a', 'b', 'c'])
})

test('every version is in the file, what versions share once, and what still runs last', async () => {
  const file = await exported(
    readerOf({ pinned: ['a'], listed: [], archived: [] }, [
      ['main', 'x'],
      ['x', 'y'],
    ]),
  )
  expect(file.threads[0].messages.map(({ messageId }: { messageId: string }) => messageId)).toEqual([
    'a-main',
    'a-shared',
    'a-x',
    'a-y',
    'a-running',
  ])
})

test('an account without chats is a whole file too, and progress counts what is done', async () => {
  const empty = { pinned: [], listed: [], archived: [] }
  expect(await exported(readerOf(empty))).toMatchObject({ format: 'nightshift-account', version: 1, threads: [] })
  const progress: ExportProgress[] = []
  await exported(readerOf({ ...empty, listed: ['a', 'b'] }), progress)
  expect(progress.at(-1)).toEqual({ threads: 2, messages: 6 })
})
