/** The summary of a chat's older part: the same for the same transcript, short, and it shows whose words went in. Pure. */
import { cutText } from './sayCall.ts'

const FIRST_WORDS = 6
const MOST_CHARS = 1_500

/** A line that begins with who speaks, as `Person: …`, `[user] …`, `**Assistant:** …` or `<user>`. */
const SPEAKER =
  /^(?!\s*<\/)[^\p{L}\n]*(?<who>user|person|human|assistant|nightshift)\b[^:>\]\n]{0,40}[:>\]][*_ \t]*/gimu
const PEOPLE = /^(?:user|person|human)$/i

interface Spoken {
  isUser: boolean
  text: string
}

/** Without speakers, each text is one message of the person. */
function readTranscript(texts: readonly string[]): Spoken[] {
  return texts.flatMap((text): Spoken[] => {
    const marks = [...text.matchAll(SPEAKER)]
    if (marks.length === 0) return [{ isUser: true, text }]
    return marks.map(({ index, 0: mark, groups }, at) => ({
      isUser: PEOPLE.test(groups?.['who'] ?? ''),
      text: text.slice(index + mark.length, marks[at + 1]?.index).replace(/<\/\w+>/g, ''),
    }))
  })
}

/** One that stands before the first message is taken in: the new one replaces it. */
const EARLIER = /^[^\n]*(?:\n)?Summary of (\d+) messages: ([^\n]*)/

export function summarizeTranscript(texts: readonly string[]): string {
  const [, earlierCount = '0', earlier = ''] = EARLIER.exec(texts[0] ?? '') ?? []
  const messages = readTranscript(texts)
  const beginnings = messages
    .filter(({ isUser }) => isUser)
    .map(({ text }) => text.trim().split(/\s+/).slice(0, FIRST_WORDS).join(' '))
  const all = [earlier, ...beginnings].filter((part) => part !== '').join('; ')
  return cutText(`Summary of ${Number(earlierCount) + messages.length} messages: ${all}`, MOST_CHARS)
}
