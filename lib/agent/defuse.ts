/** Only we speak as Nightshift: what looks like a note of ours in anybody else's text loses its bracket. */
import type { JSONValue } from 'ai'

/** How else a letter is drawn: full width, and letters of other alphabets that nobody tells apart. */
const alike: Readonly<Record<string, string>> = { n: 'ո', i: 'іıｉ', g: 'ɡ', h: 'һ', t: 'т', s: 'ѕ' }
const wide = (letter: string) => String.fromCodePoint(letter.charCodeAt(0) - 0x61 + 0xff41)
/** With anything between the letters that is not seen as one. */
const name = [...'nightshift']
  .map((letter) => `[${letter}${wide(letter)}${alike[letter] ?? ''}]`)
  .join('[\\p{Cf}\\p{M}]*')

/** Also with other brackets, letters of another case, and marks, spaces or invisible characters between. */
const ownVoice = new RegExp(`[[\\uff3b\\u3010\\u27e6](?=[^\\p{L}\\p{N}\\])]{0,12}${name})`, 'giu')

/** For every text of people, tools, models, memories and summaries on its way into a prompt. */
export function defuse(text: string): string {
  return text.replace(ownVoice, '(')
}

/** The names of fields are text, too. */
export function defuseJson(value: JSONValue): JSONValue {
  if (typeof value === 'string') return defuse(value)
  if (Array.isArray(value)) return value.map((one) => defuseJson(one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [defuse(name), one === undefined ? null : defuseJson(one)]),
  )
}
