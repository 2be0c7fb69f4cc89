/** Cuts a conversation into turns: an input, and what was called, said and taken in after it. Pure. */
import type { ChatMessage } from './chatRequest.ts'
import type { ToolCall } from './parseCalls.ts'
import { parsePrompt } from './parsePrompt.ts'
import { type InputNote, opensTurn, readNote } from './readNote.ts'

export interface MadeCall extends ToolCall {
  /** What the tool answered, as it was sent. Absent: not yet. */
  result?: string
  /** It has no result yet: what for, and until when (ms). */
  waiting?: { for: string; until: number }
}

export interface Turn {
  /** Where its input stands among the messages. */
  at: number
  input: string
  /** The input is a note: what a wait came to, a task that is due, a reply to go on with. */
  note?: InputNote
  calls: MadeCall[]
  /** What was said after the last result. */
  text: string
  isBroken: boolean
  /** Messages of the person that were taken in while it ran. */
  steered: string[]
}

interface Reading {
  turns: Turn[]
  /** Calls of the assistant's last message, which the next results belong to. */
  open: { id: string; call: MadeCall }[]
  last: ChatMessage['role']
  /** The next message of the person is an input: a note on the time stands right before it. */
  isInputNext: boolean
  /** The turn was opened after such a note, so that all that follows belongs to it. */
  isMarked: boolean
}

function readWaiting(result: string): MadeCall['waiting'] {
  try {
    const value: unknown = JSON.parse(result)
    if (typeof value !== 'object' || value === null || !('waiting' in value) || !('for' in value)) return undefined
    return { for: String(value.for), until: 'until' in value ? Date.parse(String(value.until)) : Number.NaN }
  } catch {
    return undefined // Not JSON: the tool answered in words.
  }
}

/** Call ids may repeat from one answer to the next, so a result is looked for among the last calls only. */
function takeResult({ turns, open }: Reading, { content, tool_call_id }: ChatMessage): void {
  const unanswered = open.filter(({ call }) => call.result === undefined)
  const call = (unanswered.find(({ id }) => id === tool_call_id) ?? unanswered[0])?.call
  const turn = turns.at(-1)
  if (!call || !turn) return
  const waiting = readWaiting(content)
  Object.assign(call, { result: content, ...(waiting ? { waiting } : {}) })
  turn.text = ''
}

function takeReply(reading: Reading, { content, tool_calls }: ChatMessage): void {
  const turn = reading.turns.at(-1)
  if (!turn) return
  turn.text += content
  reading.open = (tool_calls ?? []).map(({ id, function: made }) => ({ id, call: { ...made } }))
  turn.calls.push(...reading.open.map(({ call }) => call))
}

const isWord = (text: string) => parsePrompt(text).kind !== 'help'

/** Without a mark, what tells a message taken in from the next input is where it stands. */
function isTakenIn(reading: Reading, text: string, isLastInput: boolean): boolean {
  const turn = reading.turns.at(-1)
  if (!turn || turn.isBroken) return false
  if (reading.isMarked) return true
  if (reading.last === 'tool') return !turn.calls.some((call) => call.waiting)
  // Taken in before the first model step of an earlier turn: what follows answers the word before it.
  return reading.last === 'user' && !isLastInput && isWord(turn.input) && !isWord(text)
}

function takeInput(reading: Reading, at: number, input: string, isLastInput: boolean): void {
  const note = readNote(input)
  if (note?.kind === 'now') reading.isInputNext = true
  const turn = reading.turns.at(-1)
  if (turn && note?.kind === 'broken') turn.isBroken = true
  if (note && !opensTurn(note)) return
  if (turn && !note && !reading.isInputNext && isTakenIn(reading, input, isLastInput)) {
    turn.steered.push(input)
    return
  }
  reading.turns.push({ at, input, ...(note ? { note } : {}), calls: [], text: '', isBroken: false, steered: [] })
  Object.assign(reading, { isMarked: reading.isInputNext, isInputNext: false, open: [], last: 'user' })
}

const isBeside = (note: ReturnType<typeof readNote>) => note !== undefined && !opensTurn(note)

export function readTurns(messages: readonly ChatMessage[]): Turn[] {
  const reading: Reading = { turns: [], open: [], last: 'system', isInputNext: false, isMarked: false }
  const lastInputAt = messages.findLastIndex(({ role, content }) => role === 'user' && !isBeside(readNote(content)))
  for (const [at, message] of messages.entries()) {
    if (message.role === 'user') takeInput(reading, at, message.content, at === lastInputAt)
    else if (message.role === 'assistant') takeReply(reading, message)
    else if (message.role === 'tool') takeResult(reading, message)
    if (message.role === 'assistant' || message.role === 'tool') reading.last = message.role
  }
  return reading.turns
}
