import { expect, it } from 'vitest'
import { indentJson, revealText } from './revealText.ts'

const shown = (text: string) => revealText(text).map((part) => (part.kind === 'plain' ? part.text : `[${part.code}]`))

it('leaves plain text of any script alone', () => {
  for (const text of ['send 5 € to Zoë', 'שלום', 'مرحبا', '日本語\n\tmore', 'naïve', 'हिन्दी']) {
    expect(shown(text)).toEqual([text])
  }
})

it('shows what turns the direction of reading around', () => {
  expect(shown('photo\u202Egpj.exe')).toEqual(['photo', '[U+202E]', 'gpj.exe'])
  expect(shown('\u2066a\u2069\u200F\u061C')).toEqual(['[U+2066]', 'a', '[U+2069]', '[U+200F]', '[U+061C]'])
})

it('shows what cannot be seen at all', () => {
  for (const [character, code] of [
    ['\u200B', 'U+200B'],
    ['\u0000', 'U+0000'],
    ['\u001B', 'U+001B'],
    ['\r', 'U+000D'],
    ['\u00AD', 'U+00AD'],
    ['\uFEFF', 'U+FEFF'],
    ['\u3164', 'U+3164'],
    ['\u2028', 'U+2028'],
    ['\u00A0', 'U+00A0'],
    ['\u{E0041}', 'U+E0041'],
    ['\uD800', 'U+D800'],
    ['\uFE0F', 'U+FE0F'],
  ] as const)
    expect(shown(`a${character}b`), code).toEqual(['a', `[${code}]`, 'b'])
})

it('keeps an emoji whole, joiners and selectors included', () => {
  expect(shown('👩‍👧 ❤️ ok')).toEqual(['👩‍👧 ❤️ ok'])
})

it('loses no character', () => {
  const text = 'a\u202Eb\u{E0041}c👍🏽\n'
  const back = revealText(text).map((part) =>
    part.kind === 'plain' ? part.text : String.fromCodePoint(Number.parseInt(part.code.slice(2), 16)),
  )
  expect(back.join('')).toBe(text)
})

it('indents JSON and leaves anything else as it came', () => {
  expect(indentJson('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}')
  expect(indentJson('{"a":')).toBe('{"a":')
})
