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

/** Where a thread lies that is not in the list. */
export const shelfValidator = v.union(v.literal('archived'), v.literal('removed'))

/** Two lines that fail to compile when a validator and the one table of statuses part ways. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
export const statusesAgree: Same<typeof statusValidator.type, MessageStatus> = true
export const threadStatusesAgree: Same<typeof threadStatusValidator.type, ThreadStatus> = true

/** Why a turn exists. */
export const causeValidator = v.union(
  v.literal('message'),
  v.literal('answer'),
  v.literal('approval'),
  v.literal('time'),
  v.literal('expiry'),
  v.literal('retry'),
  v.literal('regenerate'),
  v.literal('schedule'),
  v.literal('continue'),
)

/** What becomes of a message that comes while a reply is being made. */
export const policyValidator = v.union(v.literal('queue'), v.literal('steer'), v.literal('interrupt'))

/** May a tool run: without asking, after asking, or not at all. */
export const permissionValidator = v.union(v.literal('always'), v.literal('ask'), v.literal('never'))

/** Amounts of money are millionths of a US dollar, whole numbers. Absent: no limit. */
export const budgetValidator = v.object({ dayMicros: v.optional(v.number()), monthMicros: v.optional(v.number()) })

export const preferencesValidator = v.object({
  instructions: v.optional(v.string()),
  /** IANA; told by the browser until the person chooses one. */
  timeZone: v.optional(v.string()),
  /** By tool name; absent: the tool's own default. */
  tools: v.optional(v.record(v.string(), permissionValidator)),
  budget: v.optional(budgetValidator),
  /** False: nothing is remembered or recalled. */
  memory: v.optional(v.boolean()),
  model: v.optional(v.string()),
})

export const waitKindValidator = v.union(v.literal('time'), v.literal('question'), v.literal('approval'))

/**
 * `open` · `answered` a question · `approved`, `denied` an approval · `skipped` go on now, without · `elapsed` the time has come ·
 * `expired` nobody answered in time · `cancelled` nothing follows.
 */
export const waitStateValidator = v.union(
  v.literal('open'),
  v.literal('answered'),
  v.literal('approved'),
  v.literal('denied'),
  v.literal('skipped'),
  v.literal('elapsed'),
  v.literal('expired'),
  v.literal('cancelled'),
)

/** What a tool asks to wait for. `until` (ms): when the time has come, or when the question expires. */
export const waitSpecValidator = v.union(
  v.object({ kind: v.literal('time'), until: v.number(), reason: v.optional(v.string()) }),
  v.object({
    kind: v.literal('question'),
    until: v.number(),
    question: v.string(),
    choices: v.optional(v.array(v.string())),
  }),
  v.object({
    kind: v.literal('approval'),
    until: v.number(),
    /** The tool and its input (JSON text), exactly as they will be run. */
    tool: v.string(),
    input: v.string(),
    /** One sentence for people. */
    summary: v.string(),
    /** A try of it died: it may have had its effect already. */
    again: v.optional(v.boolean()),
  }),
)

/** What a person says to a wait. */
export const answerValidator = v.union(
  v.object({ kind: v.literal('text'), text: v.string() }),
  /** `always`: this tool need not ask this person again. */
  v.object({ kind: v.literal('approve'), always: v.optional(v.boolean()) }),
  v.object({ kind: v.literal('deny'), reason: v.optional(v.string()) }),
  v.object({ kind: v.literal('skip') }),
  v.object({ kind: v.literal('cancel') }),
)

/** When a schedule is due: once, or by a cron expression (five fields) in the schedule's time zone. */
export const ruleValidator = v.union(
  v.object({ kind: v.literal('once'), at: v.number() }),
  v.object({ kind: v.literal('cron'), cron: v.string() }),
)

/** `code` is one of lib/chat/chatError.ts; a string here, so that rows outlive a renamed code. `retryAt` (ms): when it works again. */
export const errorValidator = v.object({ code: v.string(), message: v.string(), retryAt: v.optional(v.number()) })

export const usageValidator = v.object({
  inputTokens: v.optional(v.number()),
  outputTokens: v.optional(v.number()),
  totalTokens: v.optional(v.number()),
  reasoningTokens: v.optional(v.number()),
  cachedInputTokens: v.optional(v.number()),
})

/** What a call of a model used, and what it cost, where the price is known. */
export const spendValidator = v.object({ usage: v.optional(usageValidator), costMicros: v.optional(v.number()) })

/** The fence a step writes under: a write with an older one is refused. */
export const fenceValidator = v.object({ epoch: v.number(), try: v.number() })

/** Which text is being written now: the stream of one try of one step. */
export const liveValidator = v.object({ step: v.string(), epoch: v.number(), try: v.number() })

/** A model that failed for good, and the next one took over. */
export const fallbackValidator = v.object({ model: v.string(), code: v.string(), message: v.string() })

/** A message that was taken into a running reply. */
export const steeredValidator = v.object({ messageId: v.string(), text: v.string() })

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
    /** `waiting`: it was not run, or has no result yet; `wait` says what for. */
    state: v.union(v.literal('running'), v.literal('done'), v.literal('failed'), v.literal('waiting')),
    wait: v.optional(v.id('waits')),
  }),
  /** What the model thought before it spoke, and for how long (ms). */
  v.object({ type: v.literal('reasoning'), step: v.string(), text: v.string(), ms: v.number() }),
  /** The person's words, taken in while the reply was being made, before this step. */
  v.object({ type: v.literal('steer'), step: v.string(), messageId: v.string(), text: v.string() }),
)

/** What a running reply is doing, beyond its status. `at` is when the next try starts (ms). */
export const detailValidator = v.union(
  v.object({ kind: v.literal('retrying'), at: v.number(), reason: v.string() }),
  /** The model reasons, since then (ms). */
  v.object({ kind: v.literal('thinking'), since: v.number() }),
)

export const stepKindValidator = v.union(v.literal('prepare'), v.literal('model'), v.literal('tool'))

/** Name, description and schema stand in every call: so many tokens, estimated. */
export const toolOnOfferValidator = v.object({ name: v.string(), tokens: v.number() })

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
    /** What the call cost, by the price table of the worker that made it. */
    costMicros: v.optional(v.number()),
    reasoning: v.optional(v.object({ text: v.string(), ms: v.number() })),
    /** Tools that this step offered beyond the plan's, for what the person had added. */
    added: v.optional(v.array(toolOnOfferValidator)),
  }),
  /**
   * `output` is JSON text. `failed`: the tool ran and reported an error, which the model is shown. `wait`: it has no result yet,
   * `output` says what it waits for.
   */
  v.object({
    kind: v.literal('tool'),
    output: v.string(),
    failed: v.optional(v.boolean()),
    wait: v.optional(v.id('waits')),
  }),
  /** Any other step that wants its result kept; `value` is JSON text. */
  v.object({ kind: v.literal('plain'), value: v.string() }),
)

/** What a worker commits: a result, or a tool's wish to wait, which becomes a row in `waits` and a result that names it. */
export const commitValidator = v.union(
  stepResultValidator,
  v.object({
    kind: v.literal('wait'),
    wait: waitSpecValidator,
    /** The call's ledger key. */
    key: v.string(),
  }),
)

/** A wait as people see it. `turnId` and `messageId` name the reply that waits; `continuation` the turn that went on. */
export const waitViewValidator = v.object({
  waitId: v.id('waits'),
  threadId: v.string(),
  turnId: v.id('turns'),
  messageId: v.string(),
  step: v.string(),
  kind: waitKindValidator,
  state: waitStateValidator,
  until: v.number(),
  openedAt: v.number(),
  endedAt: v.optional(v.number()),
  question: v.optional(v.string()),
  choices: v.optional(v.array(v.string())),
  reason: v.optional(v.string()),
  tool: v.optional(v.string()),
  input: v.optional(v.string()),
  summary: v.optional(v.string()),
  again: v.optional(v.boolean()),
  answer: v.optional(v.string()),
  continuation: v.optional(v.id('turns')),
})

/** One try of a step. Without an end: it works still, or it died; then the next one has begun. */
export const tryValidator = v.object({
  openedAt: v.number(),
  endedAt: v.optional(v.number()),
  /** The error that ended it. */
  code: v.optional(v.string()),
  message: v.optional(v.string()),
  /** When the next one was announced for (ms). */
  retryAt: v.optional(v.number()),
})

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
  costMicros: v.optional(v.number()),
  fallbacks: v.optional(v.array(fallbackValidator)),
})

/** A thread as lists show it. */
export const threadRowValidator = v.object({
  threadId: v.string(),
  title: v.string(),
  status: threadStatusValidator,
  lastActivityAt: v.number(),
  createdAt: v.number(),
  pinnedAt: v.optional(v.number()),
  /** There is a reply that has not been seen. */
  isUnread: v.boolean(),
  /** Whoever has its link may read it. */
  isShared: v.boolean(),
})

/** A reply, or a message that waits for its turn, as the list of jobs shows it. `messageId` of a reply is its turn's id. */
export const jobRowValidator = v.object({
  messageId: v.string(),
  threadId: v.string(),
  threadTitle: v.string(),
  status: statusValidator,
  cause: causeValidator,
  model: v.optional(v.string()),
  inngestJobId: v.string(),
  createdAt: v.number(),
  startedAt: v.optional(v.number()),
  settledAt: v.optional(v.number()),
  costMicros: v.optional(v.number()),
  usage: v.optional(usageValidator),
  error: v.optional(errorValidator),
  detail: v.optional(detailValidator),
})

/** All that is known of one reply's making. */
export const jobValidator = v.object({
  /** The reply's, or the user's message's while it has none. */
  messageId: v.string(),
  threadId: v.string(),
  threadTitle: v.string(),
  turnId: v.id('turns'),
  status: statusValidator,
  cause: causeValidator,
  inngestJobId: v.string(),
  epoch: v.number(),
  /** Since the last committed step. */
  restarts: v.number(),
  /** When it was queued. */
  createdAt: v.number(),
  startedAt: v.optional(v.number()),
  firstTokenAt: v.optional(v.number()),
  settledAt: v.optional(v.number()),
  model: v.optional(v.string()),
  usage: v.optional(usageValidator),
  costMicros: v.optional(v.number()),
  error: v.optional(errorValidator),
  fallbacks: v.optional(v.array(fallbackValidator)),
  /** In the order they were first opened. `tries`: the last twenty, oldest first. `tool`: what a tool step calls. */
  steps: v.array(
    v.object({ ...ledgerRowValidator.fields, tries: v.array(tryValidator), tool: v.optional(v.string()) }),
  ),
  waits: v.array(waitViewValidator),
  /** Replies that went on from here: after a wait, or where it was stopped. */
  goesOn: v.array(v.object({ messageId: v.string(), status: statusValidator })),
  /** The reply that this one goes on with. */
  cameFrom: v.union(v.null(), v.string()),
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
  costMicros: v.optional(v.number()),
  /** Models that failed for good before `model` answered. */
  fallbacks: v.optional(v.array(fallbackValidator)),
  createdAt: v.number(),
  startedAt: v.optional(v.number()),
  firstTokenAt: v.optional(v.number()),
  settledAt: v.optional(v.number()),
  /** On a reply: the user's message it answers. */
  inReplyTo: v.optional(v.string()),
  /** Why its turn exists: on a reply, and on an input that is no message of the person's own. */
  cause: v.optional(causeValidator),
  /** On an input: the wait whose end it is. */
  wait: v.optional(v.id('waits')),
  /** On a reply: what its tools wait for, or waited for. */
  waits: v.optional(v.array(waitViewValidator)),
  /** The branch it was written in; absent: `main`. */
  branch: v.optional(v.string()),
  /** On a reply: the first turn of the group of alternatives that it belongs to (branches.forks lists the group). */
  fork: v.optional(v.id('turns')),
  /** On a waiting message: wants to be taken into the running reply. */
  steer: v.optional(v.boolean()),
  /** A failure that the person has put aside. */
  dismissed: v.optional(v.boolean()),
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
export type Policy = typeof policyValidator.type
export type Spend = typeof spendValidator.type
export type Budget = typeof budgetValidator.type
export type Permission = typeof permissionValidator.type
export type Preferences = typeof preferencesValidator.type
export type WaitSpec = typeof waitSpecValidator.type
export type WaitState = typeof waitStateValidator.type
export type WaitView = typeof waitViewValidator.type
export type Answer = typeof answerValidator.type
export type Rule = typeof ruleValidator.type
export type Fallback = typeof fallbackValidator.type
export type Steered = typeof steeredValidator.type
export type CommitResult = typeof commitValidator.type
export type Part = typeof partValidator.type
export type ToolOnOffer = typeof toolOnOfferValidator.type
export type StepResult = typeof stepResultValidator.type
export type MessageView = typeof messageViewValidator.type
export type TailMessage = typeof tailMessageValidator.type
export type Usage = typeof usageValidator.type
export type TurnError = typeof errorValidator.type
export type Fence = typeof fenceValidator.type
export type Live = typeof liveValidator.type
export type Cause = typeof causeValidator.type
export type Shelf = typeof shelfValidator.type
export type Try = typeof tryValidator.type
export type ThreadRow = typeof threadRowValidator.type
export type JobRow = typeof jobRowValidator.type
export type Job = typeof jobValidator.type
export type LedgerRow = typeof ledgerRowValidator.type
