// What is being written and not sent: one draft per person and thread, on this device. Written as it is typed, since a tab may
// go at any moment; localStorage because it is there before the first paint.

const prefix = 'nightshift:draft:'
/** Drafts nobody came back to are dropped after this, so that the storage does not fill up. */
const KEPT_MS = 60 * 24 * 60 * 60 * 1_000

export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** `threadId` null: the draft of a new chat. */
const keyOf = (ownerId: string, threadId: string | null) => `${prefix}${ownerId}:${threadId ?? 'new'}`

export function readDraft(storage: DraftStorage, ownerId: string, threadId: string | null): string {
  return parseDraft(storage.getItem(keyOf(ownerId, threadId)))?.text ?? ''
}

export function keepDraft(
  storage: DraftStorage,
  draft: { ownerId: string; threadId: string | null; text: string },
  now: number,
): void {
  const key = keyOf(draft.ownerId, draft.threadId)
  if (draft.text === '') storage.removeItem(key)
  else storage.setItem(key, JSON.stringify({ text: draft.text, at: now }))
}

/** Done with, unless something else has been written there since. */
export function dropDraft(
  storage: DraftStorage,
  { ownerId, threadId, text }: { ownerId: string; threadId: string | null; text: string },
): void {
  if (readDraft(storage, ownerId, threadId) === text) storage.removeItem(keyOf(ownerId, threadId))
}

export function dropOldDrafts(storage: DraftStorage, now: number): void {
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at))
  for (const key of keys) {
    if (key === null || !key.startsWith(prefix)) continue
    const draft = parseDraft(storage.getItem(key))
    if (draft === null || now - draft.at > KEPT_MS) storage.removeItem(key)
  }
}

function parseDraft(value: string | null): { text: string; at: number } | null {
  if (value === null) return null
  try {
    const parsed: unknown = JSON.parse(value)
    if (typeof parsed !== 'object' || parsed === null || !('text' in parsed) || !('at' in parsed)) return null
    const { text, at } = parsed
    return typeof text === 'string' && typeof at === 'number' ? { text, at } : null
  } catch {
    return null
  }
}
