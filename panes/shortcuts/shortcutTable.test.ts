import { createKeybindingsHandler } from 'tinykeys'
import { expect, it } from 'vitest'
import { shortcutStrings } from '../../components/strings/shortcuts.ts'
import { boundIds, isSingleKey, keyCaps, keysOf, mayAct, type Pressed, shortcutTable } from './shortcutTable.ts'

const calm: Pressed = { isComposing: false, isWriting: false, isInDialog: false, isHandled: false }

it('never has two bound keys for the same press', () => {
  const pressed = shortcutTable.filter(({ bound }) => bound).flatMap(({ keys }) => keys)
  expect(new Set(pressed).size).toBe(pressed.length)
})

it('lists every key, in words too, and binds those that are said to be bound', () => {
  expect(shortcutTable.filter(({ id, keys }) => shortcutStrings.labels[id].length === 0 || keys.length === 0)).toEqual(
    [],
  )
  expect(
    shortcutTable
      .filter(({ bound }) => bound)
      .map(({ id }) => id)
      .toSorted((a, b) => a.localeCompare(b)),
  ).toEqual([...boundIds].toSorted((a, b) => a.localeCompare(b)))
})

it('never acts on a single key where letters are written', () => {
  for (const { id, key } of boundIds.flatMap((id) => keysOf(id).map((key) => ({ id, key })))) {
    expect(mayAct(id, key, calm), key).toBe(true)
    expect(mayAct(id, key, { ...calm, isWriting: true }), key).toBe(!isSingleKey(key))
  }
  expect(isSingleKey('[Shift]+?')).toBe(true)
  expect(isSingleKey('Shift+a')).toBe(true)
  expect(isSingleKey('Shift+Escape')).toBe(false)
  expect(isSingleKey('$mod+k')).toBe(false)
})

it('leaves the keys of an input method, and what was taken care of, alone', () => {
  for (const id of boundIds) {
    expect(mayAct(id, '$mod+k', { ...calm, isComposing: true })).toBe(false)
    expect(mayAct(id, '$mod+k', { ...calm, isHandled: true })).toBe(false)
  }
})

it('does nothing behind a dialog, but closes the search with the key that opened it', () => {
  const open = { ...calm, isInDialog: true }
  expect(boundIds.filter((id) => mayAct(id, '$mod+x', open))).toEqual(['palette'])
})

it('says what stands on the keys, on each kind of keyboard', () => {
  expect(keyCaps('$mod+Shift+o', true)).toEqual(['⌘', '⇧', 'O'])
  expect(keyCaps('$mod+Shift+o', false)).toEqual(['Ctrl', 'Shift', 'O'])
  expect(keyCaps('Shift+ArrowUp', false)).toEqual(['Shift', '↑'])
  expect(keyCaps('[Shift]+?', true)).toEqual(['?'])
  expect(keyCaps('$mod+Shift+Semicolon', false)).toEqual(['Ctrl', 'Shift', ';'])
})

it('leaves Alt and the arrows to browsers, which go back and forward by them', () => {
  expect(shortcutTable.flatMap(({ keys }) => keys).filter((key) => /Alt\+Arrow/.test(key))).toEqual([])
})

it('is written in a way that the library understands', () => {
  const all = shortcutTable.flatMap(({ keys }) => keys)
  expect(() => createKeybindingsHandler(Object.fromEntries(all.map((key) => [key, () => {}])))).not.toThrow()
})
