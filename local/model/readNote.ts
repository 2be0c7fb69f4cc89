/** Reads the product's notes (`[Nightshift: …]`): which of them opens a turn, and what it tells. Pure. */

/** What has become of something that an earlier reply waited for. */
export type Outcome =
  | { kind: 'time'; isSkipped: boolean }
  /** No text: the person skipped the question. */
  | { kind: 'answer'; text?: string }
  | { kind: 'approved'; tool: string }
  | { kind: 'denied'; tool: string; reason: string }
  | { kind: 'expired'; of: 'answer' | 'approval' }

/** The input of a turn, as a person's message is. */
export type InputNote = Outcome | { kind: 'schedule'; prompt: string } | { kind: 'continue' }

/** Told beside the messages. */
interface SideNote {
  /** `now`: the next message is an input. `broken`: the reply before it ended too early, by a stop or a fault. */
  kind: 'now' | 'broken' | 'other'
}

export type Note = InputNote | SideNote

const notes: { pattern: RegExp; read: (match: RegExpExecArray) => Note }[] = [
  { pattern: /^it is [^\n]*\]$/, read: () => ({ kind: 'now' }) },
  { pattern: /^the wait is over/, read: () => ({ kind: 'time', isSkipped: false }) },
  { pattern: /^the person ended the wait early/, read: () => ({ kind: 'time', isSkipped: true }) },
  {
    pattern: /^the person answers your question:\]\n?([\s\S]*)$/,
    read: (match) => ({ kind: 'answer', text: match[1] ?? '' }),
  },
  { pattern: /^the person skipped your question/, read: () => ({ kind: 'answer' }) },
  {
    pattern: /^the person approved the call of (\S+)\./,
    read: (match) => ({ kind: 'approved', tool: match[1] ?? '' }),
  },
  {
    pattern: /^the person did not approve the call of (\S+)\.[^\n]*(?:\nTheir words: ([\s\S]*))?$/,
    read: (match) => ({ kind: 'denied', tool: match[1] ?? '', reason: (match[2] ?? '').trim() }),
  },
  { pattern: /^nobody answered in time\. It was not done/, read: () => ({ kind: 'expired', of: 'approval' }) },
  { pattern: /^nobody answered in time/, read: () => ({ kind: 'expired', of: 'answer' }) },
  {
    pattern: /^this task was scheduled by the person[^\n]*\]\n([\s\S]*)$/,
    read: (match) => ({ kind: 'schedule', prompt: match[1] ?? '' }),
  },
  { pattern: /^the person asks you to go on/, read: () => ({ kind: 'continue' }) },
  { pattern: /^(?:the person stopped your reply|your reply broke off)/, read: () => ({ kind: 'broken' }) },
]

const OPENING = '[Nightshift: '

/** Undefined: not a note, but somebody's words. */
export function readNote(text: string): Note | undefined {
  if (!text.startsWith(OPENING)) return undefined
  const rest = text.slice(OPENING.length)
  for (const { pattern, read } of notes) {
    const match = pattern.exec(rest)
    if (match) return read(match)
  }
  return { kind: 'other' }
}

export function opensTurn(note: Note): note is InputNote {
  return note.kind !== 'now' && note.kind !== 'broken' && note.kind !== 'other'
}
