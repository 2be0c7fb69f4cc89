/** The shapes that tables and functions share, as validators; types are derived from them. */
import { v } from 'convex/values'
import type { MessageStatus, ThreadStatus } from '../lib/chat/messageStatus.ts'

export const statusValidator = v.union(
  v.literal('pending'),
  v.literal('processing'),
  v.literal('waiting'),
  v.literal('completed'),
  v.literal('failed'),
  v.literal('cancelled'),
)

export const threadStatusValidator = v.union(
  v.literal('idle'),
  v.literal('pending'),
  v.literal('processing'),
  v.literal('waiting'),
  v.literal('failed'),
)

/** Two lines that fail to compile when a validator and the one table of statuses part ways. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
export const statusesAgree: Same<typeof statusValidator.type, MessageStatus> = true
export const threadStatusesAgree: Same<typeof threadStatusValidator.type, ThreadStatus> = true

/** Why a turn exists. `message` and `retry` are made today; the others have their place in the queue already. */
export const causeValidator = v.union(
  v.literal('message'),
  v.literal('answer'),
  v.literal('approval'),
  v.literal('time'),
  v.literal('expiry'),
  v.literal('retry'),
  v.literal('regenerate'),
  v.literal('schedule'),
)

/** `code` is one of lib/chat/chatError.ts; a string here, so that rows outlive a renamed code. */
export const errorValidator = v.object({ code: v.string(), message: v.string() })

export const usageValidator = v.object({
  inputTokens: v.optional(v.number()),
  outputTokens: v.optional(v.number()),
  totalTokens: v.optional(v.number()),
  reasoningTokens: v.optional(v.number()),
  cachedInputTokens: v.optional(v.number()),
})

/** The fence a step writes under: a write with an older one is refused. */
export const fenceValidator = v.object({ epoch: v.number(), try: v.number() })

/** Which text is being written now: the stream of one try of one step. */
export const liveValidator = v.object({ step: v.string(), epoch: v.number(), try: v.number() })

/**
 * What a reply is made of, in order. `input` and `output` are JSON text: a tool's own keys need not be legal Convex field names.
 * `step` is the ledger's name (`model-0`, `tool-0-1`).
 */
export const partValidator = v.union(
  v.object({ type: v.literal('text'), step: v.string(), text: v.string() }),
  v.object({
    type: v.literal('tool'),
    step: v.string(),
    id: v.string(),
    name: v.string(),
    input: v.string(),
    output: v.optional(v.string()),
    state: v.union(v.literal('running'), v.literal('done'), v.literal('failed')),
  }),
)

/** What a running reply is doing, beyond its status. `at` is when the next try starts (ms). */
export const detailValidator = v.union(
  v.object({ kind: v.literal('retrying'), at: v.number(), reason: v.string() }),
  v.object({ kind: v.literal('thinking') }),
)

export const stepKindValidator = v.union(
  v.literal('take'),
  v.literal('prepare'),
  v.literal('model'),
  v.literal('tool'),
  v.literal('settle'),
)

/** What a committed step leaves behind. A model step's text is what was appended, and lies in the reply's parts. */
export const stepResultValidator = v.union(
  v.object({
    kind: v.literal('model'),
    /** `stop`, `tool-calls`, `length`, `budget`, `content-filter` … */
    finishReason: v.string(),
    /** `input` is JSON text. `position` numbers the calls of one model step: the call's ledger name is `tool-<n>-<position>`. */
    toolCalls: v.array(v.object({ position: v.number(), id: v.string(), name: v.string(), input: v.string() })),
    usage: v.optional(usageValidator),
    model: v.string(),
  }),
  /** `output` is JSON text. `failed`: the tool ran and reported an error, which the model is shown. */
  v.object({ kind: v.literal('tool'), output: v.string(), failed: v.optional(v.boolean()) }),
  /** Any other step that wants its result kept; `value` is JSON text. */
  v.object({ kind: v.literal('plain'), value: v.string() }),
)

export const ledgerRowValidator = v.object({
  turnId: v.id('turns'),
  step: v.string(),
  kind: stepKindValidator,
  state: v.union(v.literal('open'), v.literal('done'), v.literal('failed')),
  try: v.number(),
  epoch: v.number(),
  runId: v.string(),
  failures: v.number(),
  openedAt: v.number(),
  endedAt: v.optional(v.number()),
  error: v.optional(errorValidator),
  retryAt: v.optional(v.number()),
  usage: v.optional(usageValidator),
})

/** A message as people see it. */
const messageFields = {
  messageId: v.string(),
  turnId: v.id('turns'),
  role: v.union(v.literal('user'), v.literal('assistant')),
  status: statusValidator,
  /** The run that last owned the turn; '' until one did. */
  inngestJobId: v.string(),
  /** The turn's place in the thread: sort by it, the user's message before the reply. Absent while queued. */
  seq: v.optional(v.number()),
  /** The place in the queue. */
  position: v.optional(v.number()),
  text: v.string(),
  /** Only when there is more than text. */
  parts: v.optional(v.array(partValidator)),
  error: v.optional(errorValidator),
  detail: v.optional(detailValidator),
  model: v.optional(v.string()),
  usage: v.optional(usageValidator),
  createdAt: v.number(),
  startedAt: v.optional(v.number()),
  firstTokenAt: v.optional(v.number()),
  settledAt: v.optional(v.number()),
  /** On a reply: the user's message it answers. */
  inReplyTo: v.optional(v.string()),
  /** On a reply: why its turn exists. */
  cause: v.optional(causeValidator),
  /** A failed or stopped reply in whose place a newer one stands. */
  superseded: v.optional(v.boolean()),
  /** On a user's message: it was tried again, a newer reply answers it. Its own status stays what it was. */
  retried: v.optional(v.boolean()),
}
export const messageViewValidator = v.object(messageFields)
/** `live.key` is what messages.follow returns; null while no text is being written. */
export const tailMessageValidator = v.object({
  ...messageFields,
  live: v.optional(v.object({ key: v.union(v.string(), v.null()) })),
})

export const takeValidator = v.union(
  v.object({
    kind: v.literal('go'),
    turnId: v.id('turns'),
    epoch: v.number(),
    ownerId: v.string(),
    threadId: v.string(),
  }),
  v.object({
    kind: v.union(
      v.literal('queued'),
      v.literal('held'),
      v.literal('not-yours'),
      v.literal('settled'),
      v.literal('stopped'),
    ),
  }),
)
export type Take = typeof takeValidator.type
export type Part = typeof partValidator.type
export type StepResult = typeof stepResultValidator.type
export type MessageView = typeof messageViewValidator.type
export type TailMessage = typeof tailMessageValidator.type
export type Usage = typeof usageValidator.type
export type TurnError = typeof errorValidator.type
export type Fence = typeof fenceValidator.type
export type Live = typeof liveValidator.type
export type Cause = typeof causeValidator.type
export type LedgerRow = typeof ledgerRowValidator.type
