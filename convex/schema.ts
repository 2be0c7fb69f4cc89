/** Every table: who writes it, who reads it, who deletes it. No column is written anywhere else than said here. */
import { defineSchema, defineTable } from 'convex/server'
import { v } from 'convex/values'
import {
  causeValidator,
  detailValidator,
  errorValidator,
  fenceValidator,
  liveValidator,
  partValidator,
  statusValidator,
  stepKindValidator,
  stepResultValidator,
  threadStatusValidator,
  usageValidator,
} from './validators.ts'

export default defineSchema({
  /**
   * A conversation. Written by: begin (new, lastActivityAt), moveTurn (status, lastSeq, runningTurn, nextPosition, lastActivityAt),
   * wantTitle (titleWantedAt), rename and setTitle (title, titleSource), setInstructions.
   * Read by: the list of threads, every decision about a turn. Deleted by: threads.remove, users.remove.
   */
  threads: defineTable({
    ownerId: v.string(),
    /** The client's UUID; unique per owner. */
    threadId: v.string(),
    title: v.string(),
    titleSource: v.union(v.literal('none'), v.literal('model'), v.literal('person')),
    /** When a title was last owed (ms): it is asked for again only some minutes later. */
    titleWantedAt: v.optional(v.number()),
    createdAt: v.number(),
    lastActivityAt: v.number(),
    /** A copy for people, written only by moveTurn. */
    status: threadStatusValidator,
    /** The seq given out last. */
    lastSeq: v.number(),
    /** The queue position to give out next. */
    nextPosition: v.number(),
    /** The one turn that holds the thread. */
    runningTurn: v.optional(v.id('turns')),
    instructions: v.optional(v.string()),
  })
    .index('by_owner_thread', ['ownerId', 'threadId'])
    .index('by_owner_activity', ['ownerId', 'lastActivityAt']),

  /**
   * Threads that were deleted, so that a message still on its way is told so. Written by: threads.remove, users.remove.
   * Read by: begin. Deleted by: begin (when the thread comes back), the sweep after 30 days, users.remove.
   */
  removedThreads: defineTable({ ownerId: v.string(), threadId: v.string(), at: v.number() })
    .index('by_owner_thread', ['ownerId', 'threadId'])
    .index('by_at', ['at']),

  /**
   * One input and the reply to it: fence and liveness. No query of the UI reads it, since it changes while a reply is written.
   * Written by: begin and retry (new), moveTurn (state, seq, position, heldFor, epoch, runId, dueBy, restarts, replyMessage),
   * touchTurn, steps.fail and the watchdog (dueBy), steps.commit (restarts, back to 0).
   * Read by: every service function. Deleted by: threads.remove, users.remove.
   */
  turns: defineTable({
    ownerId: v.string(),
    thread: v.id('threads'),
    branch: v.literal('main'),
    cause: causeValidator,
    inputMessage: v.id('messages'),
    replyMessage: v.optional(v.id('messages')),
    state: statusValidator,
    /** The place in history: given when the turn starts, or when it ends without having started. */
    seq: v.optional(v.number()),
    /** The place in the queue; absent while held. */
    position: v.optional(v.number()),
    /** The message id of a predecessor that has not been seen yet. */
    heldFor: v.optional(v.string()),
    /** Rises at every start, stop, restart and settle. The only fence. */
    epoch: v.number(),
    /** The run that owns the turn in this epoch. */
    runId: v.optional(v.string()),
    /** The latest time (ms) by which the turn will be heard of again. Absent in the queue and once settled. */
    dueBy: v.optional(v.number()),
    /** By the watchdog, or by a run that ended too early; since the last committed step. */
    restarts: v.number(),
  })
    .index('by_thread_state', ['thread', 'state', 'position'])
    .index('by_thread_seq', ['thread', 'branch', 'seq'])
    .index('by_dueBy', ['dueBy'])
    .index('by_held', ['thread', 'heldFor'])
    .index('by_run', ['runId'])
    .index('by_input', ['inputMessage']),

  /**
   * What people read: the user's rows and the replies. Written by: begin (new), moveTurn (new replies; status, inngestJobId, seq, settledSeq,
   * position, error, times), steps.* (parts, detail, live, model, usage, firstTokenAt), text.append (live, firstTokenAt: once a try),
   * settle (text, parts), retry (new reply; superseded, retried). A settled row never changes again, but for `superseded` and `retried`.
   * Read by: the UI's queries, context.load. Deleted by: threads.remove, users.remove.
   */
  messages: defineTable({
    ownerId: v.string(),
    thread: v.id('threads'),
    /** The turn that made this row; a retry of a user's message is a later turn with the same input. */
    turn: v.optional(v.id('turns')),
    /** The client's UUID; for a reply the id of its turn. Unique per owner. */
    messageId: v.string(),
    role: v.union(v.literal('user'), v.literal('assistant')),
    /** A copy of the turn's state, written only by moveTurn. */
    status: statusValidator,
    /** The run that last owned the turn; '' until one did. */
    inngestJobId: v.string(),
    seq: v.optional(v.number()),
    /** seq*2 for the user's row, seq*2+1 for the reply; set when the turn is settled, never before. */
    settledSeq: v.optional(v.number()),
    position: v.optional(v.number()),
    /** The user's text; the whole reply if it is nothing but text. '' while it runs, and when `parts` holds it. */
    text: v.string(),
    /** The committed parts while it runs; afterwards only when there is more than text. */
    parts: v.optional(v.array(partValidator)),
    detail: v.optional(detailValidator),
    live: v.optional(liveValidator),
    error: v.optional(errorValidator),
    model: v.optional(v.string()),
    usage: v.optional(usageValidator),
    createdAt: v.number(),
    startedAt: v.optional(v.number()),
    firstTokenAt: v.optional(v.number()),
    settledAt: v.optional(v.number()),
    inReplyTo: v.optional(v.string()),
    /** On a reply: why its turn exists. */
    cause: v.optional(causeValidator),
    superseded: v.optional(v.boolean()),
    retried: v.optional(v.boolean()),
  })
    .index('by_owner_message', ['ownerId', 'messageId'])
    .index('by_message', ['messageId'])
    .index('by_thread_settled', ['thread', 'settledSeq'])
    .index('by_thread_open', ['thread', 'status', 'position']),

  /**
   * Running text, one row per closed stretch of about 4 KB. Written by: text.append, steps.commit (the tail).
   * Read by: messages.follow, the fold. Deleted by: steps.commit, a newer try's first text, settle, removals.
   */
  texts: defineTable({
    turn: v.id('turns'),
    step: v.string(),
    epoch: v.number(),
    try: v.number(),
    /** Offset of the first unit within the stream, in UTF-16 units. */
    start: v.number(),
    text: v.string(),
  }).index('by_stream', ['turn', 'step', 'epoch', 'try', 'start']),

  /**
   * The job ledger: one row per (turn, step). Written by: steps.open, commit, fail; settle closes what is open.
   * Read by: the fence check, context.load, jobs.byMessage, trace. Deleted by: removals.
   */
  steps: defineTable({
    turn: v.id('turns'),
    ownerId: v.string(),
    step: v.string(),
    kind: stepKindValidator,
    state: v.union(v.literal('open'), v.literal('done'), v.literal('failed')),
    /** Numbered here: Inngest's attempt number repeats after a worker's death. */
    try: v.number(),
    epoch: fenceValidator.fields.epoch,
    runId: v.string(),
    /** Tries that ended in a reported error; the others died. */
    failures: v.number(),
    openedAt: v.number(),
    endedAt: v.optional(v.number()),
    result: v.optional(stepResultValidator),
    error: v.optional(errorValidator),
    retryAt: v.optional(v.number()),
    usage: v.optional(usageValidator),
  }).index('by_turn_step', ['turn', 'step']),

  /**
   * Events that a transaction owes Inngest. Written by: owe, in the transaction that decided. Read by: its delivery, the watchdog.
   * Deleted by: the delivery, once Inngest has stored the event.
   */
  owed: defineTable({
    /** Deterministic: Inngest drops a repeat. */
    eventId: v.string(),
    name: v.string(),
    data: v.any(),
    createdAt: v.number(),
    attempts: v.number(),
    /** When the watchdog sends it again (ms). */
    resendAt: v.number(),
  })
    .index('by_resendAt', ['resendAt'])
    .index('by_eventId', ['eventId']),

  /**
   * “Stop” for a message that has not begun. Written by: turns.stop. Read and deleted by: begin; the sweep after a day, users.remove.
   */
  stopMarks: defineTable({ ownerId: v.string(), messageId: v.string(), at: v.number() })
    .index('by_owner_message', ['ownerId', 'messageId'])
    .index('by_at', ['at']),

  /** The token bucket of one person. Written and read by: limits.admit, turns.retry. Deleted by: users.remove. */
  limits: defineTable({
    ownerId: v.string(),
    tokens: v.number(),
    updatedAt: v.number(),
    perMinute: v.number(),
    burst: v.number(),
    /** The ids counted last: a repeat is free. */
    recent: v.array(v.string()),
  }).index('by_owner', ['ownerId']),

  /**
   * What Clerk says about a person, and their preferences. Written by: users.upsert and users.remove (webhooks), preferences.set.
   * Read by: begin (deleted?), context.load, preferences.get. Deleted by: nobody; a removed account keeps an empty row, so that late events find it closed.
   */
  users: defineTable({
    userId: v.string(),
    name: v.optional(v.string()),
    email: v.optional(v.string()),
    /** Clerk's time of the change (ms): webhooks arrive in any order, older ones are ignored. */
    updatedAt: v.number(),
    deleted: v.optional(v.boolean()),
    preferences: v.optional(v.object({ instructions: v.optional(v.string()) })),
  }).index('by_user', ['userId']),
})
