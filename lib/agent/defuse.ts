/** Only we speak as Nightshift: what looks like a note of ours in anybody else's text loses its bracket. */
import type { JSONValue } from 'ai'

/** Also with other brackets, letters of another case, and spaces or invisible characters between. */
const ownVoice = /[[\uff3b\u3010\u27e6](?=[\s\p{Cf}\p{Cc}]*nightshift)/giu

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
