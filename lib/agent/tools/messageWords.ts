/** Text as the search for tools reads it: words in their plain form, and what the look of a message gives away. */

/** A message may be a whole document. Its beginning and its end say what is wanted. */
const READ_CHARS = 600
const MOST_WORDS = 80

const common = new Set(
  (
    'a an and are as at be but by can could did do does doing for from get give go had has have he her here his how i if in into is it its ' +
    'just let like make may me might mine my need no not of on one or our out please she should so some that the their them then there ' +
    'these they this those to too up us very want was we were what when where which who why will with would you your'
  ).split(' '),
)

/** “meetings” and “meeting” are the same as “meet”. Crude, but the same for both sides. */
function plain(word: string): string {
  if (word.length < 5) return word.length === 4 && /[^s]s$/.test(word) ? word.slice(0, -1) : word
  const one = word.replace(/ies$/, 'y').replace(/([^s])s$/, '$1')
  return one.replace(/(?:ing|ed|er)$/, '')
}

/** `convertTime`, `calendar_list_events` and `drive-upload` are several words each. */
export function wordsOf(text: string): string[] {
  const parts =
    text
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  return parts.filter((word) => !common.has(word)).map(plain)
}

const signs: readonly [RegExp, string][] = [
  [/https?:\/\/|\bwww\./i, 'url webpage'],
  [/\d\s*[-+*/×÷^]\s*\(?\d|\d\s*%|√/, 'calculate'],
  [/\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}\s?[ap]m\b/i, 'time'],
]

/** Deterministic and short, however long the message is. */
export function messageWords(message: string): string[] {
  const read =
    message.length <= 2 * READ_CHARS ? message : `${message.slice(0, READ_CHARS)} ${message.slice(-READ_CHARS)}`
  const seen = signs.filter(([look]) => look.test(read)).map(([, words]) => words)
  return [...new Set([...wordsOf(read), ...wordsOf(seen.join(' '))])].slice(0, MOST_WORDS)
}

/** Everything in the message that could be the name of a tool, in lower case. */
export function possibleNames(message: string): Set<string> {
  const read = message.slice(0, 4 * READ_CHARS).toLowerCase()
  return new Set(read.match(/[\p{L}\p{N}_]+(?:[-.][\p{L}\p{N}_]+)*/gu) ?? [])
}
