// Every key the workspace knows, in one table: what is bound, what the help sheet and the settings list. Pure; the words for them are in
// components/strings/shortcuts.ts, which the first load does without.

/** Where a key is at home; the help sheet has a part for each. */
export type ShortcutPlace = 'everywhere' | 'chat' | 'panes' | 'list' | 'palette'

/** `bound`: by panes/shortcuts/useShortcuts.ts. The others belong to the part that has the focus, and are listed here to be found. */
export type Shortcut = { id: ShortcutId; place: ShortcutPlace; keys: readonly string[]; bound: boolean }

export const boundIds = [
  'palette',
  'help',
  'newChat',
  'focusComposer',
  'copyCode',
  'copyReply',
  'sidebar',
  'deleteThread',
] as const
export type BoundId = (typeof boundIds)[number]

const listedIds = [
  'stop',
  'send',
  'newLine',
  'nextPane',
  'previousPane',
  'moveInList',
  'renameRow',
  'deleteRow',
  'rowMenu',
  'openResult',
  'openBeside',
  'notices',
] as const
export type ShortcutId = BoundId | (typeof listedIds)[number]

/**
 * As tinykeys reads them: `$mod` is Command on Apple's devices and Control elsewhere, `[Shift]` may be held, for layouts that need it.
 * Letters go by what is on the key; a sign that Shift turns into another goes by its place.
 */
const keys: Record<ShortcutId, readonly [place: ShortcutPlace, ...keys: string[]]> = {
  palette: ['everywhere', '$mod+k'],
  newChat: ['everywhere', '$mod+Shift+o'],
  sidebar: ['everywhere', '$mod+Shift+s'],
  help: ['everywhere', '$mod+[Shift]+/', '[Shift]+?'],
  notices: ['everywhere', 'Alt+t'],
  send: ['chat', 'Enter'],
  newLine: ['chat', 'Shift+Enter'],
  stop: ['chat', 'Escape'],
  focusComposer: ['chat', 'Shift+Escape'],
  copyReply: ['chat', '$mod+Shift+c'],
  copyCode: ['chat', '$mod+Shift+Semicolon'],
  deleteThread: ['chat', '$mod+Shift+Backspace'],
  nextPane: ['panes', 'F6'],
  previousPane: ['panes', 'Shift+F6'],
  moveInList: ['list', 'ArrowUp', 'ArrowDown'],
  renameRow: ['list', 'F2'],
  deleteRow: ['list', 'Delete'],
  rowMenu: ['list', 'Shift+F10'],
  openResult: ['palette', 'Enter'],
  openBeside: ['palette', '$mod+Enter'],
}

const isBoundId = (id: ShortcutId): id is BoundId => boundIds.some((bound) => bound === id)
const ids: readonly ShortcutId[] = [...boundIds, ...listedIds]
const order = Object.keys(keys)

export const shortcutTable: readonly Shortcut[] = ids
  .map((id) => {
    const [place, ...pressed] = keys[id]
    return { id, place, keys: pressed, bound: isBoundId(id) }
  })
  .toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))

export const keysOf = (id: ShortcutId): readonly string[] => keys[id].slice(1)

/** A key without Control, Command or Alt writes a letter where letters are written: there it is not a shortcut. */
export const isSingleKey = (pressed: string): boolean =>
  !/(?:\$mod|Control|Meta|Alt)\+/.test(pressed) && !/(?:^|\+)(?:Escape|F\d+)$/.test(pressed)

/** What an event has to say about itself; an interface of its own, so that the decision needs no browser. */
export type Pressed = { isComposing: boolean; isWriting: boolean; isInDialog: boolean; isHandled: boolean }

/** Whether a bound key may act. Nothing acts twice, on an input method's keys, or behind a dialog, but for what closes that dialog. */
export function mayAct(id: BoundId, key: string, { isComposing, isWriting, isInDialog, isHandled }: Pressed): boolean {
  if (isComposing || isHandled) return false
  if (isInDialog && id !== 'palette') return false
  return !(isWriting && isSingleKey(key))
}

const apple: Record<string, string> = { $mod: '⌘', Shift: '⇧', Alt: '⌥', Backspace: '⌫', Enter: '↩' }
const others: Record<string, string> = { $mod: 'Ctrl', Enter: 'Enter', Backspace: 'Backspace' }
const both: Record<string, string> = {
  Escape: 'Esc',
  Semicolon: ';',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

/** `['Ctrl', 'Shift', 'O']`: what stands on the keys. */
export function keyCaps(pressed: string, isApple: boolean): string[] {
  const names = isApple ? apple : others
  // What may be held need not be said.
  return pressed
    .replace('[Shift]+', '')
    .split('+')
    .map((key) => names[key] ?? both[key] ?? (key.length === 1 ? key.toUpperCase() : key))
}
