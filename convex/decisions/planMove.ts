/** How a turn moves: which columns of which rows change. The only place that knows; moveTurn writes what is said here. */
import { canMove, type MessageStatus, type ThreadStatus } from '../../lib/chat/messageStatus.ts'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { TurnError } from '../validators.ts'
import type { WatchdogTimes } from './watchdogTimes.ts'

/** `waiting`: the reply is as far as it goes, and what its tools wait for starts another turn. */
export type Outcome = { kind: 'completed' | 'waiting' | 'cancelled' } | { kind: 'failed'; error: TurnError }

/** Where in the queue: what a person wants at once, what goes on with an earlier reply, and new messages. */
export type Lane = 'now' | 'ahead' | 'queue'
/** Positions count up within a lane and never leave it: a thread would need a billion turns. */
const laneStart: Record<Lane, number> = { now: -2e9, ahead: -1e9, queue: 0 }

export type Move =
  /** The predecessor has not been seen: out of the queue until then. */
  | { kind: 'hold'; heldFor: string; dueBy: number }
  /** Into the queue, at the end of a lane; absent: `queue`. */
  | { kind: 'place'; lane?: Lane }
  /** Out of the queue; null: some run is to claim it. */
  | { kind: 'start'; runId: string | null }
  | { kind: 'claim'; runId: string }
  /** Its run was not heard of in time. */
  | { kind: 'restart' }
  | { kind: 'settle'; outcome: Outcome }
  /** Into the reply of a running turn: it has none of its own, and no place in history. */
  | { kind: 'take-in'; by: Id<'turns'> }
  /** Nothing is waited for any more. */
  | { kind: 'end-waiting'; to: 'completed' | 'cancelled' }

export interface MoveRows {
  turn: Pick<Doc<'turns'>, '_id' | 'state' | 'epoch' | 'seq' | 'heldFor' | 'restarts'>
  thread: Pick<Doc<'threads'>, 'status' | 'runningTurn' | 'lastSeq' | 'nextPosition' | 'openWaits'>
  hasReply: boolean
  /** Another turn of the thread is in the queue or held. */
  othersWait: boolean
}

/** A column that may be absent may be removed. */
type Patch<T> = { [Field in keyof T]?: object extends Pick<T, Field> ? T[Field] | undefined : T[Field] }

/** `undefined` as a value removes the column. */
export interface MovePlan {
  turn: Patch<
    Pick<
      Doc<'turns'>,
      'state' | 'seq' | 'position' | 'heldFor' | 'epoch' | 'runId' | 'dueBy' | 'restarts' | 'steer' | 'takenInBy'
    >
  >
  /** The user's row; left alone when it was settled by an earlier turn (a retry). */
  input: MessagePatch
  reply: MessagePatch
  thread: Patch<
    Pick<
      Doc<'threads'>,
      'status' | 'runningTurn' | 'lastSeq' | 'nextPosition' | 'lastActivityAt' | 'repliedAt' | 'unreadAt'
    >
  >
  /** Some run has to be told. */
  owesStart: boolean
  /** A reply has come to its end: as what it counts. */
  counts?: Counted
}

export type Counted = 'done' | 'failed' | 'stopped'

export type MessagePatch = Patch<
  Pick<
    Doc<'messages'>,
    | 'status'
    | 'inngestJobId'
    | 'seq'
    | 'settledSeq'
    | 'position'
    | 'error'
    | 'detail'
    | 'live'
    | 'startedAt'
    | 'settledAt'
    | 'steer'
  >
>

/** Throws when the move is not allowed: callers have looked before, so it is a fault of ours and the transaction must not happen. */
export function planMove(rows: MoveRows, move: Move, now: number, times: WatchdogTimes): MovePlan {
  switch (move.kind) {
    case 'hold':
      return planHold(rows, move)
    case 'place':
      return planPlace(rows, move.lane ?? 'queue')
    case 'start':
      return planStart(rows, move.runId, now, times)
    case 'claim':
      return planClaim(rows, move.runId, now, times)
    case 'restart':
      return planRestart(rows, now, times)
    case 'settle':
      return planSettle(rows, move.outcome, now)
    case 'take-in':
      return planTakeIn(rows, move.by, now)
    case 'end-waiting':
      return planEndWaiting(rows, move.to)
  }
}

function planHold({ turn, thread }: MoveRows, move: Extract<Move, { kind: 'hold' }>): MovePlan {
  requireState(turn, 'pending', 'held')
  return {
    turn: { heldFor: move.heldFor, dueBy: move.dueBy, position: undefined },
    input: {},
    reply: {},
    thread: thread.runningTurn ? {} : { status: 'pending' },
    owesStart: false,
  }
}

function planPlace({ turn, thread }: MoveRows, lane: Lane): MovePlan {
  requireState(turn, 'pending', 'placed')
  const position = laneStart[lane] + thread.nextPosition
  return {
    turn: { position, heldFor: undefined, dueBy: undefined },
    input: { position },
    reply: { position },
    thread: { nextPosition: thread.nextPosition + 1, ...(thread.runningTurn ? {} : { status: 'pending' as const }) },
    owesStart: false,
  }
}

function planStart({ turn, thread }: MoveRows, runId: string | null, now: number, times: WatchdogTimes): MovePlan {
  requireMove(turn, 'processing')
  if (thread.runningTurn) throw new Error(`Turn ${turn._id} cannot start: ${thread.runningTurn} runs in its thread`)
  if (turn.heldFor) throw new Error(`Turn ${turn._id} cannot start: it is held for ${turn.heldFor}`)
  const seq = thread.lastSeq + 1
  const message: MessagePatch = {
    status: 'processing',
    seq,
    position: undefined,
    inngestJobId: runId ?? '',
    startedAt: now,
  }
  return {
    turn: {
      state: 'processing',
      seq,
      position: undefined,
      epoch: turn.epoch + 1,
      runId: runId ?? undefined,
      dueBy: now + (runId === null ? times.pickUpMs : times.inFlightMs),
      restarts: 0,
      steer: undefined,
    },
    input: { ...message, steer: undefined },
    reply: message,
    thread: { status: 'processing', runningTurn: turn._id, lastSeq: seq },
    owesStart: runId === null,
  }
}

function planClaim({ turn }: MoveRows, runId: string, now: number, times: WatchdogTimes): MovePlan {
  requireState(turn, 'processing', 'claimed')
  return {
    turn: { runId, dueBy: now + times.inFlightMs },
    input: { inngestJobId: runId },
    reply: { inngestJobId: runId },
    thread: {},
    owesStart: false,
  }
}

function planRestart({ turn }: MoveRows, now: number, times: WatchdogTimes): MovePlan {
  requireState(turn, 'processing', 'restarted')
  return {
    turn: { epoch: turn.epoch + 1, runId: undefined, restarts: turn.restarts + 1, dueBy: now + times.pickUpMs },
    input: {},
    reply: { detail: undefined },
    thread: {},
    owesStart: true,
  }
}

function planSettle({ turn, thread, hasReply, othersWait }: MoveRows, outcome: Outcome, now: number): MovePlan {
  requireMove(turn, outcome.kind)
  // A pending turn is completed by being taken in, and a waiting one ends with its last wait: these are other moves.
  if (outcome.kind === 'completed' || turn.state === 'waiting') requireState(turn, 'processing', 'settled')
  // A turn that ends without having started takes the next place, so that it is shown where it was given up.
  const seq = turn.seq ?? thread.lastSeq + 1
  const error = outcome.kind === 'failed' ? outcome.error : undefined
  const message: MessagePatch = { status: outcome.kind, seq, position: undefined, settledAt: now }
  const runningTurn = thread.runningTurn === turn._id ? undefined : thread.runningTurn
  return {
    turn: {
      state: outcome.kind,
      seq,
      position: undefined,
      heldFor: undefined,
      epoch: turn.epoch + 1,
      dueBy: undefined,
      steer: undefined,
    },
    input: { ...message, steer: undefined, settledSeq: seq * 2, error: hasReply ? undefined : error },
    reply: { ...message, settledSeq: seq * 2 + 1, error, live: undefined, detail: undefined },
    thread: {
      runningTurn,
      lastSeq: Math.max(thread.lastSeq, seq),
      lastActivityAt: now,
      status: statusAfter(outcome, runningTurn, othersWait, (thread.openWaits ?? 0) > 0),
      // A stop is the person's own doing, and what never began is no reply.
      ...(turn.state === 'processing' && outcome.kind !== 'cancelled' ? { repliedAt: now, unreadAt: now } : {}),
    },
    owesStart: false,
    ...(turn.state === 'processing' && outcome.kind !== 'waiting' ? { counts: countedAs[outcome.kind] } : {}),
  }
}

const countedAs = { completed: 'done', failed: 'failed', cancelled: 'stopped' } as const

function planTakeIn({ turn, thread }: MoveRows, by: Id<'turns'>, now: number): MovePlan {
  requireState(turn, 'pending', 'taken in')
  if (thread.runningTurn !== by) throw new Error(`Turn ${turn._id} cannot be taken in by ${by}, which does not run`)
  return {
    turn: { state: 'completed', position: undefined, steer: undefined, takenInBy: by, epoch: turn.epoch + 1 },
    input: { status: 'completed', position: undefined, steer: undefined, settledAt: now },
    reply: {},
    thread: {},
    owesStart: false,
  }
}

function planEndWaiting({ turn, thread }: MoveRows, to: 'completed' | 'cancelled'): MovePlan {
  requireMove(turn, to)
  requireState(turn, 'waiting', 'ended')
  const isQuiet = thread.status === 'waiting' && (thread.openWaits ?? 0) === 0
  return {
    turn: { state: to, epoch: turn.epoch + 1 },
    input: { status: to },
    reply: { status: to },
    thread: isQuiet ? { status: 'idle' } : {},
    owesStart: false,
    counts: countedAs[to],
  }
}

function statusAfter(
  outcome: Outcome,
  runningTurn: Id<'turns'> | undefined,
  othersQueue: boolean,
  isWaiting: boolean,
): ThreadStatus {
  if (runningTurn) return 'processing'
  if (othersQueue) return 'pending'
  if (isWaiting && outcome.kind !== 'failed') return 'waiting'
  return outcome.kind === 'failed' ? 'failed' : 'idle'
}

function requireMove(turn: MoveRows['turn'], to: MessageStatus): void {
  if (!canMove(turn.state, to)) throw new Error(`Turn ${turn._id} cannot go from ${turn.state} to ${to}`)
}

function requireState(turn: MoveRows['turn'], state: MessageStatus, verb: string): void {
  if (turn.state !== state) throw new Error(`Turn ${turn._id} cannot be ${verb}: it is ${turn.state}`)
}
