/** What a crash run leaves behind to be judged: what clients did, what they can read at the end, and the provider's journal. */
import type { Answer, Cause, WaitView } from '../../convex/validators.ts'

export interface SentMessage {
  messageId: string
  threadId: string
  acked: boolean
  /** The exact reply that must come back; undefined when any non-empty text will do. */
  reply: string | undefined
  /** Model calls a run without kills makes. */
  calls: number
  /** What the end of its wait says: the whole text after a time, a part of it after a yes. */
  afterwards?: string
  /** A try of it may say other words first, and be stopped at them. */
  isFaulty?: boolean
  /** Its reply ends with a wait, and says nothing yet. */
  waits?: boolean
  /** The person gave it another place: it was moved, removed, stopped, or sent to steer or to interrupt. */
  displaced?: boolean
  /** The person was told that it is removed. */
  removed?: boolean
  /** May be a part of another reply instead of a turn. */
  steers?: boolean
  /** Turns that the person was told would answer it once more. */
  regenerated?: string[]
}

export interface SeenMessage {
  messageId: string
  turnId: string
  role: 'user' | 'assistant'
  status: string
  text: string
  /** Why its turn exists; absent on what the person wrote. */
  cause?: Cause
  inReplyTo?: string
  /** On an input: the wait whose end it is. */
  wait?: string
  /** A newer reply stands in its place. */
  superseded?: boolean
  /** Messages that it has taken in. */
  steered?: { messageId: string; text: string }[]
  /** Waits that its calls name. */
  calledWaits?: string[]
}

export type SeenWait = Pick<
  WaitView,
  'waitId' | 'threadId' | 'turnId' | 'kind' | 'state' | 'answer' | 'tool' | 'question' | 'summary'
>

/** What somebody said to a wait, and what came back. */
export interface GivenAnswer {
  waitId: string
  threadId: string
  answer: Answer
  result: 'ended' | 'late'
}

/** What must happen once, by a word that nothing else contains. */
export interface WantedEffect {
  marker: string
  threadId: string
  /** `run`: a schedule's turn, owed by the clock or by a click. The others are what tools do. */
  kind: 'fact' | 'schedule' | 'question' | 'run'
  /** Runs: as many as were announced. */
  times: number
}

/** A stopped reply, and the turn that the person was told goes on with it. */
export interface Continued {
  threadId: string
  stopped: string
  turnId: string
  /** Both together, word by word. */
  whole: string
}

export interface Evidence {
  sent: SentMessage[]
  /** Rows of each thread on all its branches, in the order of their places; what has none comes last. */
  threads: Map<string, SeenMessage[]>
  /** Model calls by turn id, from the provider's own journal. */
  callsByTurn: Map<string, number>
  waits: SeenWait[]
  answers: GivenAnswer[]
  effects: WantedEffect[]
  /** How often each marker is there at the end, or was when it was taken away. */
  seenEffects: Map<string, number>
  continued: Continued[]
  /** How many turns the person may have ended in a thread: stops, interruptions, removals, waits called off. */
  stops: Map<string, number>
}

export const faultKinds = [
  'lost',
  'duplicated',
  'mixed',
  'misordered',
  'stuck',
  'tool_effects_doubled',
  'waits_lost',
  'answers_lost',
  'answers_doubled',
] as const
export type FaultKind = (typeof faultKinds)[number]

export interface Finding {
  kind: FaultKind
  /** A message, or a wait, or a marker: what the thread can be searched for. */
  messageId: string
  threadId: string
  detail: string
}

const terminal = new Set(['completed', 'failed', 'cancelled', 'waiting'])
export const isTerminal = ({ status }: Pick<SeenMessage, 'status'>): boolean => terminal.has(status)

/** What stands at the end of a reply that has taken messages in. */
export const alsoNoted = ({ steered = [] }: Pick<SeenMessage, 'steered'>): string =>
  steered.map(({ text }) => ` (Also noted: ${text})`).join('')
