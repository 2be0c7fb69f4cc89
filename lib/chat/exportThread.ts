// A thread as a file to keep: Markdown to be read, JSON to be worked with. Pure: the words, the clock and the messages come from outside.
import type { MessageView, WaitView } from '../../convex/validators.ts'

export type ExportFormat = 'markdown' | 'json'

export type ExportedThread = {
  threadId: string
  title: string
  /** When it is written out (ms). */
  exportedAt: number
  /** Settled messages of the branch that is shown, oldest first. */
  messages: readonly MessageView[]
}

export type ExportWords = {
  untitled: string
  you: string
  reply: string
  exported: (when: string) => string
  statuses: { waiting: string; failed: string; cancelled: string }
  used: (tool: string) => string
  failedTool: (tool: string) => string
  added: string
  thought: string
  question: string
  approval: string
  timer: string
  answered: string
  /** How a wait that was not answered in words has ended, by its state. */
  ended: (state: string) => string
}

/** Raised when the shape changes, so that what reads the files can tell. */
const JSON_VERSION = 1

export function threadAsJson({ threadId, title, exportedAt, messages }: ExportedThread): string {
  const file = {
    format: 'nightshift-thread',
    version: JSON_VERSION,
    exportedAt: isoTime(exportedAt),
    thread: { threadId, title },
    messages: messages.map(jsonMessage),
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

function jsonMessage(message: MessageView) {
  const { messageId, role, status, text, parts, cause, error, model, usage, costMicros, inReplyTo } = message
  return {
    messageId,
    role,
    status,
    createdAt: isoTime(message.createdAt),
    ...(message.settledAt === undefined ? {} : { settledAt: isoTime(message.settledAt) }),
    inReplyTo,
    cause,
    text,
    parts: parts?.map(({ step, ...part }) => part),
    waits: message.waits?.map(jsonWait),
    error,
    model,
    usage,
    costMicros,
  }
}

function jsonWait({ kind, state, until, question, choices, reason, tool, input, summary, answer }: WaitView) {
  return { kind, state, until: isoTime(until), question, choices, reason, tool, input, summary, answer }
}

export function threadAsMarkdown(
  { title, exportedAt, messages }: ExportedThread,
  words: ExportWords,
  formatTime: (at: number) => string,
): string {
  const heading = `# ${oneLine(title) || words.untitled}\n\n${words.exported(formatTime(exportedAt))}`
  const sections = messages.flatMap((message) => {
    const body = bodyOf(message, words)
    // What a wait's end has begun says nothing itself: the reply that waited tells how it ended.
    if (body === '') return []
    return [`## ${headOf(message, words)} · ${formatTime(message.settledAt ?? message.createdAt)}\n\n${body}`]
  })
  return `${[heading, ...sections].join('\n\n')}\n`
}

function headOf({ role, status }: MessageView, words: ExportWords): string {
  const name = role === 'user' ? words.you : words.reply
  if (role === 'user' || !(status === 'waiting' || status === 'failed' || status === 'cancelled')) return name
  return `${name} (${words.statuses[status]})`
}

function bodyOf({ text, parts, error, waits = [] }: MessageView, words: ExportWords): string {
  const told = parts === undefined ? [text.trim()] : parts.map((part) => partAsMarkdown(part, words))
  const ended = waits.map((wait) => quote(waitAsMarkdown(wait, words)))
  return [...told, ...ended, error === undefined ? '' : quote(error.message)]
    .filter((block) => block !== '')
    .join('\n\n')
}

type Part = NonNullable<MessageView['parts']>[number]

function partAsMarkdown(part: Part, words: ExportWords): string {
  switch (part.type) {
    case 'text':
      return part.text.trim()
    case 'reasoning':
      return quote(`*${words.thought}*\n\n${part.text.trim()}`)
    case 'steer':
      return quote(`**${words.added}**\n\n${part.text.trim()}`)
    case 'tool': {
      // What waits is told by its wait.
      if (part.state === 'waiting') return ''
      const name = part.state === 'failed' ? words.failedTool(part.name) : words.used(part.name)
      return [`*${name}*`, fenced(part.input, 'json'), fenced(part.output ?? '', 'json')].filter(Boolean).join('\n\n')
    }
  }
}

function waitAsMarkdown({ kind, state, question, summary, reason, answer }: WaitView, words: ExportWords): string {
  const asked =
    kind === 'question'
      ? `**${words.question}** ${question ?? ''}`
      : kind === 'approval'
        ? `**${words.approval}** ${summary ?? ''}`
        : `**${words.timer}** ${reason ?? ''}`
  const said = state === 'answered' && answer !== undefined ? `**${words.answered}** ${answer}` : words.ended(state)
  return `${asked.trim()}\n\n${said}`
}

const quote = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n')

/** With a fence longer than any in what it holds, so that nothing in there can end it. */
export function fenced(text: string, language: string): string {
  if (text === '') return ''
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
const isoTime = (at: number): string => new Date(at).toISOString()

/** File systems allow 255 bytes; a sign takes up to four of them. */
const MAX_NAME_SIGNS = 60
/** Devices of Windows: a file of this name cannot be made there, whatever its ending. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

/** A name that every file system takes, and that says what the thread is called. */
export function fileNameOf(title: string, format: ExportFormat, fallback: string): string {
  const clean = title
    // Separators and what shells and file systems keep for themselves; controls; marks that turn the direction of text around.
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
  const short = [...clean.toWellFormed()]
    .slice(0, MAX_NAME_SIGNS)
    .join('')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const name = short === '' || reserved.test(short) ? fallback : short
  return `${name}.${format === 'markdown' ? 'md' : 'json'}`
}
