// What the palette can do, by name. Pure: how each is done comes from usePaletteActs.ts.
import { paletteStrings } from '../../components/strings/palette.ts'
import type { ShortcutId } from '../shortcuts/shortcutTable.ts'
import { findWords } from './findWords.ts'

export type ActId = keyof typeof paletteStrings.act

/** What the page allows now. */
export type ActFacts = { hasThread: boolean; isPinned: boolean; isArchived: boolean; isWide: boolean }

const forPage: readonly ActId[] = [
  'newChat',
  'newBeside',
  'inbox',
  'schedules',
  'jobs',
  'settings',
  'light',
  'dark',
  'system',
  'sidebar',
  'shortcuts',
]
const forThread: readonly ActId[] = [
  'rename',
  'pin',
  'unpin',
  'archive',
  'unarchive',
  'share',
  'exportMarkdown',
  'exportJson',
  'copyReply',
  'copyCode',
  'remove',
]
/** Before anything is typed: where one may go. The rest is found by typing. */
const first: readonly ActId[] = ['newChat', 'inbox', 'jobs', 'schedules', 'settings', 'shortcuts']

export const shortcutOf: Partial<Record<ActId, ShortcutId>> = {
  newChat: 'newChat',
  sidebar: 'sidebar',
  shortcuts: 'help',
  copyReply: 'copyReply',
  copyCode: 'copyCode',
  remove: 'deleteThread',
}

/** `isNamed`: one of them is called so. Otherwise they are only meant by other words, and chats that are called so come before them. */
export type FoundActs = { page: ActId[]; thread: ActId[]; isNamed: boolean }

export function findActs(query: string, facts: ActFacts): FoundActs {
  const isOffered = (id: ActId) => mayOffer(id, facts)
  if (query.trim() === '') return { page: first.filter(isOffered), thread: [], isNamed: false }
  const find = (ids: readonly ActId[]) =>
    findWords(ids.filter(isOffered), query, (id) => ({
      name: paletteStrings.act[id],
      besides: paletteStrings.besides[id],
    }))
  const page = find(forPage)
  const thread = facts.hasThread ? find(forThread) : []
  const named = findWords([...page, ...thread], query, (id) => ({ name: paletteStrings.act[id] }))
  return { page, thread, isNamed: named.length > 0 }
}

function mayOffer(id: ActId, { isPinned, isArchived, isWide, hasThread }: ActFacts): boolean {
  if (id === 'newBeside') return isWide && hasThread
  if (id === 'pin') return !isPinned
  if (id === 'unpin') return isPinned
  if (id === 'archive') return !isArchived
  return id === 'unarchive' ? isArchived : true
}
