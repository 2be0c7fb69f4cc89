// Where the outbox lies: IndexedDB, one record per message. Every change is read → decide → write within one transaction, so
// that two tabs never overwrite each other. A browser without IndexedDB (private windows) gets memory, for this tab only.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { OutboxEntry } from './outboxEntry.ts'
import { planTakeBack } from './outboxOrder.ts'

export type OutboxChange = (entry: OutboxEntry) => OutboxEntry | null

export type OutboxStore = {
  all(ownerId: string): Promise<OutboxEntry[]>
  put(entry: OutboxEntry): Promise<void>
  /** Applies the change to what is stored now; null deletes. Resolves to what is stored afterwards. */
  change(messageId: string, change: OutboxChange): Promise<OutboxEntry | null>
  /** Removes it, if it may be taken back as it is stored now. */
  takeBack(ownerId: string, messageId: string): Promise<ReturnType<typeof planTakeBack>>
}

type OutboxSchema = DBSchema & {
  entries: { key: string; value: OutboxEntry; indexes: { 'by-owner': string } }
}

export async function openOutboxStore(): Promise<OutboxStore> {
  try {
    return createIndexedStore(await openDatabase())
  } catch (cause) {
    console.warn(
      'The outbox cannot be kept on this device: messages that are not sent yet are lost when this tab closes.',
      cause,
    )
    return createMemoryStore()
  }
}

function openDatabase(): Promise<IDBPDatabase<OutboxSchema>> {
  return openDB<OutboxSchema>('nightshift-outbox', 1, {
    upgrade(database) {
      database.createObjectStore('entries', { keyPath: 'messageId' }).createIndex('by-owner', 'ownerId')
    },
    // A newer tab wants to upgrade: give way at once, or it waits for this tab to close.
    blocking(_current, _blocked, event) {
      if (event.target instanceof IDBDatabase) event.target.close()
    },
  })
}

function createIndexedStore(database: IDBPDatabase<OutboxSchema>): OutboxStore {
  return {
    all: (ownerId) => database.getAllFromIndex('entries', 'by-owner', ownerId),
    put: async (entry) => {
      await database.put('entries', entry)
    },
    change: async (messageId, change) => {
      const transaction = database.transaction('entries', 'readwrite')
      const entry = await transaction.store.get(messageId)
      const next = entry === undefined ? null : change(entry)
      if (next !== null && next !== entry) await transaction.store.put(next)
      if (next === null && entry !== undefined) await transaction.store.delete(messageId)
      await transaction.done
      return next
    },
    takeBack: async (ownerId, messageId) => {
      const transaction = database.transaction('entries', 'readwrite')
      const plan = planTakeBack(await transaction.store.index('by-owner').getAll(ownerId), messageId)
      for (const successor of plan?.successors ?? []) await transaction.store.put(successor)
      if (plan !== null) await transaction.store.delete(messageId)
      await transaction.done
      return plan
    },
  }
}

export function createMemoryStore(): OutboxStore {
  const entries = new Map<string, OutboxEntry>()
  return {
    all: async (ownerId) => [...entries.values()].filter((entry) => entry.ownerId === ownerId),
    put: async (entry) => {
      entries.set(entry.messageId, entry)
    },
    change: async (messageId, change) => {
      const entry = entries.get(messageId)
      const next = entry === undefined ? null : change(entry)
      if (next === null) entries.delete(messageId)
      else entries.set(messageId, next)
      return next
    },
    takeBack: async (ownerId, messageId) => {
      const own = [...entries.values()].filter((entry) => entry.ownerId === ownerId)
      const plan = planTakeBack(own, messageId)
      for (const successor of plan?.successors ?? []) entries.set(successor.messageId, successor)
      if (plan !== null) entries.delete(messageId)
      return plan
    },
  }
}
