/** Finds what each turn is about: its own input, or the earlier prompt that a note on a wait or a stop leads back to. Pure. */
import { parsePrompt } from './parsePrompt.ts'
import type { Outcome } from './readNote.ts'
import type { MadeCall, Turn } from './readTurns.ts'

export interface Asked {
  /** The words that govern the reply; '' when they are no longer in the conversation. */
  prompt: string
  /** Where they stand among the messages. */
  promptAt: number
  /** What has become of the wait that the reply goes on after. */
  outcome?: Outcome
  /** Calls made for the prompt, oldest first. */
  calls: MadeCall[]
  /** What was said for it after the last result: the reply goes on from there. */
  spoken: string
}

interface Waiting {
  index: number
  call: MadeCall
}

/** The turns before the one in hand, and what they were about. */
interface Earlier {
  turns: Turn[]
  asks: Asked[]
  now: number
}

/** A timer may ring a moment early by another machine's clock. */
const SKEW_MS = 1_000

const nothing: Asked = { prompt: '', promptAt: -1, calls: [], spoken: '' }

/** The call that an outcome may be of: what it waits for, and which tool was to be approved. */
function fits(outcome: Outcome, { name, waiting }: MadeCall): boolean {
  if (outcome.kind === 'approved' || outcome.kind === 'denied') {
    return waiting?.for === 'approval' && name === outcome.tool
  }
  return waiting?.for === (outcome.kind === 'expired' ? outcome.of : outcome.kind)
}

/** Notes do not name their wait. Of several the one that is due counts, and not one whose text was said already. */
function chooseTimed({ turns, asks, now }: Earlier, found: Waiting[], isSkipped: boolean): Waiting | undefined {
  const isSaid = ({ index }: Waiting) => {
    const ask = parsePrompt(asks[index]?.prompt ?? '')
    const later = turns.slice(index + 1)
    return ask.kind === 'wait' && later.some(({ note, text }) => note?.kind === 'time' && text.startsWith(ask.text))
  }
  const unsaid = found.filter((one) => !isSaid(one))
  const pool = unsaid.length > 0 ? unsaid : found
  const until = ({ call }: Waiting) => call.waiting?.until ?? 0
  const byTime = pool.toSorted((a, b) => until(a) - until(b))
  const isDue = (one: Waiting) => until(one) <= now + SKEW_MS
  if (isSkipped) return byTime.find((one) => !isDue(one)) ?? byTime.at(-1)
  return byTime.findLast(isDue) ?? byTime[0]
}

function goOnAfter(outcome: Outcome, { calls, text }: Turn, earlier: Earlier): Asked {
  const found = earlier.turns.flatMap((turn, index) =>
    turn.calls.filter((call) => fits(outcome, call)).map((call) => ({ index, call })),
  )
  const waiting = outcome.kind === 'time' ? chooseTimed(earlier, found, outcome.isSkipped) : found.at(-1)
  const before = (waiting && earlier.asks[waiting.index]) ?? nothing
  // An approved call is made in this turn; what waited for a time or an answer has got all it will get.
  const made = before.calls.filter((call) => !call.waiting || (call === waiting?.call && outcome.kind !== 'approved'))
  return { ...before, outcome, calls: [...made, ...calls], spoken: text }
}

/** The reply that was stopped: its calls and its words count as this turn's. */
function goOnWith({ calls, text }: Turn, { turns, asks }: Earlier): Asked {
  const before = asks[turns.findLastIndex(({ isBroken }) => isBroken)] ?? nothing
  return { ...before, calls: [...before.calls, ...calls], spoken: calls.length > 0 ? text : before.spoken + text }
}

function resolveOne(turn: Turn, earlier: Earlier): Asked {
  const { note, input, at, calls, text } = turn
  if (!note) return { prompt: input, promptAt: at, calls, spoken: text }
  if (note.kind === 'schedule') return { prompt: note.prompt, promptAt: at, calls, spoken: text }
  return note.kind === 'continue' ? goOnWith(turn, earlier) : goOnAfter(note, turn, earlier)
}

/** One for each turn, in order. */
export function resolveAsks(turns: Turn[], now: number): Asked[] {
  const asks: Asked[] = []
  for (const [index, turn] of turns.entries()) {
    asks.push(resolveOne(turn, { turns: turns.slice(0, index), asks, now }))
  }
  return asks
}
