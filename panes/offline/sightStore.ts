// What this device remembers of a person's threads, so that they can be read without a network: the last sights of threads and the
// list of threads, in IndexedDB. Bounded, apart for each person, and gone with their sign-out (keepPerson.ts sees to that). A copy
// only: whatever cannot be kept or read here is asked of the server again, so nothing in this file may fail its caller.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { ThreadSight } from '../chat/threadSight.ts'
import type { ThreadSummary } from '../threads/threadRow.ts'

/** Threads of one person; the one that was kept longest ago goes first. */
export const MOST_SIGHTS = 30
/** Settled messages of a thread, the newest. What has not settled is kept whole: it is the queue, which is bounded itself. */
export const MOST_MESSAGES = 20
const MOST_LISTED = 100

/** `keptAt` (ms): when this was the truth. */
export type KeptSight = ThreadSight & { keptAt: number }
/** The pinned ones, and the others by their newest activity. */
export type ListedThreads = { pinned: readonly ThreadSummary[]; threads: readonly ThreadSummary[] }
export type KeptThreads = ListedThreads & { keptAt: number }

type SightSchema = DBSchema & {
  sights: {
    key: [string, string]
    value: KeptSight & { ownerId: string }
    indexes: { 'by-age': [string, number] }
  }
  lists: { key: string; value: KeptThreads & { ownerId: string } }
}

/** The thread as this device last saw it; null: never, or too long ago. */
export async function readSight(ownerId: string, threadId: string): Promise<KeptSight | null> {
  return attempt('read a thread', null, async (database) => {
    const found = await database.get('sights', [ownerId, threadId])
    if (found === undefined) return null
    const { ownerId: _, ...sight } = found
    return sight
  })
}

/** Over what was kept of it before. Only what came from the server belongs here, never a sight that was read from this device. */
export async function keepSight(ownerId: string, sight: ThreadSight, now = Date.now()): Promise<void> {
  const settled = sight.settled.slice(0, MOST_MESSAGES)
  await attempt('keep a thread', undefined, async (database) => {
    const transaction = database.transaction('sights', 'readwrite')
    await transaction.store.put({ ...sight, settled, ownerId, keptAt: now })
    const kept = await transaction.store.index('by-age').getAllKeys(ofOwner(ownerId))
    for (const key of kept.slice(0, Math.max(0, kept.length - MOST_SIGHTS))) await transaction.store.delete(key)
    await transaction.done
  })
}

export async function readThreadList(ownerId: string): Promise<KeptThreads | null> {
  return attempt('read the list of threads', null, async (database) => {
    const found = await database.get('lists', ownerId)
    if (found === undefined) return null
    const { ownerId: _, ...list } = found
    return list
  })
}

export async function keepThreadList(
  ownerId: string,
  { pinned, threads }: ListedThreads,
  now = Date.now(),
): Promise<void> {
  await attempt('keep the list of threads', undefined, async (database) => {
    await database.put('lists', { ownerId, pinned, threads: threads.slice(0, MOST_LISTED), keptAt: now })
  })
}

/** Forgets everybody but this person; null: everybody. */
export async function purgeSights(exceptOwnerId: string | null): Promise<void> {
  await attempt('forget threads', undefined, async (database) => {
    const transaction = database.transaction(['sights', 'lists'], 'readwrite')
    const [sights, lists] = [transaction.objectStore('sights'), transaction.objectStore('lists')]
    for (const key of await sights.getAllKeys()) if (key[0] !== exceptOwnerId) await sights.delete(key)
    for (const key of await lists.getAllKeys()) if (key !== exceptOwnerId) await lists.delete(key)
    await transaction.done
  })
}

const ofOwner = (ownerId: string) => IDBKeyRange.bound([ownerId, 0], [ownerId, Number.MAX_SAFE_INTEGER])

let opened: Promise<IDBPDatabase<SightSchema>> | undefined

async function attempt<T>(
  what: string,
  otherwise: T,
  use: (database: IDBPDatabase<SightSchema>) => Promise<T>,
): Promise<T> {
  try {
    opened ??= openDatabase()
    return await use(await opened)
  } catch (cause) {
    // Private windows and full disks. The next call tries to open it anew.
    opened = undefined
    console.warn(`This device could not ${what}: without a network it will not be there.`, cause)
    return otherwise
  }
}

/** Raise the version when the shape changes: a copy that is not understood is worth nothing, and is dropped. */
function openDatabase(): Promise<IDBPDatabase<SightSchema>> {
  return openDB<SightSchema>('nightshift-sights', 1, {
    upgrade(database) {
      for (const name of [...database.objectStoreNames]) database.deleteObjectStore(name)
      database
        .createObjectStore('sights', { keyPath: ['ownerId', 'threadId'] })
        .createIndex('by-age', ['ownerId', 'keptAt'])
      database.createObjectStore('lists', { keyPath: 'ownerId' })
    },
    // A newer tab wants to upgrade: give way at once, or it waits for this tab to close.
    blocking(_current, _blocked, event) {
      opened = undefined
      if (event.target instanceof IDBDatabase) event.target.close()
    },
    terminated() {
      opened = undefined
    },
  })
}
