/** Every table: who writes it, who reads it, who deletes it. No column is written anywhere else than said here. */
import { defineSchema, defineTable } from 'convex/server'
import { v } from 'convex/values'
import {
  causeValidator,
  detailValidator,
  errorValidator,
  fallbackValidator,
  fenceValidator,
  liveValidator,
  partValidator,
  policyValidator,
  preferencesValidator,
  ruleValidator,
  shelfValidator,
  statusValidator,
  steeredValidator,
  stepKindValidator,
  stepResultValidator,
  threadStatusValidator,
  tryValidator,
  usageValidator,
  waitKindValidator,
  waitStateValidator,
} from './validators.ts'

export default defineSchema({
  /**
   * A conversation. Written by: begin (new, lastActivityAt), saveSchedule (new, for a task of its own), moveTurn (status, lastSeq,
   * runningTurn, nextPosition, lastActivityAt, repliedAt, unreadAt), startContinuation (lastActivityAt), wantTitle (titleWantedAt),
   * rename and setTitle (title, titleSource), setInstructions, setModel, setPolicy, setBudget (each its own), openWait and closeWait
   * (openWaits), openWait and seePerson (waitsAlone), openBranch and branches.select (branch),
   * wantSummary (summaryWantedAt), shelveThread (shelf, removed, pinnedAt), seeThread (seenAt, unreadAt), saveShare (shareId).
   * Read by: the list of threads, every decision about a turn. Deleted by: removal.finish (two minutes after threads.remove), users.remove.
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
    /** The branch that is shown and written on. Absent: `main`, and there never was another. */
    branch: v.optional(v.string()),
    policy: v.optional(policyValidator),
    model: v.optional(v.string()),
    /** What the whole thread may cost. */
    budgetMicros: v.optional(v.number()),
    /** Waits that are open. */
    openWaits: v.optional(v.number()),
    /** Waits for a time that were begun since a person last did something here, or a task ran. Absent: none. */
    waitsAlone: v.optional(v.number()),
    /** The settledSeq up to which a summary was last owed. */
    summaryWantedAt: v.optional(v.number()),
    /** Absent: it lies in the list. `removed`: deleted, which may still be undone. */
    shelf: v.optional(shelfValidator),
    /** While it is removed: since when, and where it lay. */
    removed: v.optional(v.object({ at: v.number(), from: v.optional(v.literal('archived')) })),
    pinnedAt: v.optional(v.number()),
    /** When a reply last ended in any way but a stop. */
    repliedAt: v.optional(v.number()),
    /** What came up to then has been seen. */
    seenAt: v.optional(v.number()),
    /** Since when there is something that has not been seen; absent: there is nothing. */
    unreadAt: v.optional(v.number()),
    /** A copy of its share's. */
    shareId: v.optional(v.string()),
  })
    .index('by_owner_thread', ['ownerId', 'threadId'])
    // One index for the list (not pinned: pinnedAt is absent), what is pinned, and the archive: each reads its own rows and no others.
    .index('by_owner_shelf', ['ownerId', 'shelf', 'pinnedAt', 'lastActivityAt'])
    .index('by_owner_unread', ['ownerId', 'shelf', 'unreadAt'])
    .index('by_owner_status', ['ownerId', 'status'])
    .searchIndex('search_title', { searchField: 'title', filterFields: ['ownerId'] }),

  /**
   * Read-only links: what a thread showed when it was shared, to whoever has the id. At most one a thread. Written by: saveShare.
   * Read by: shares.read, without identity. Deleted by: shares.revoke, removals.
   */
  shares: defineTable({
    ownerId: v.string(),
    thread: v.id('threads'),
    /** 32 random hex digits: whoever knows it may read. */
    shareId: v.string(),
    /** As it was called then; '' before it had a name. */
    title: v.string(),
    /** The branch that was shown. */
    branch: v.string(),
    /** Turns up to this seq, but for the one that ran then: what it says came later. */
    uptoSeq: v.number(),
    exceptSeq: v.optional(v.number()),
    createdAt: v.number(),
    uptoAt: v.number(),
  })
    .index('by_share', ['shareId'])
    .index('by_owner', ['ownerId']),

  /**
   * A branch shows its own turns and those of its parent up to a place; nothing is copied. `main` has no row. Written by: openBranch (an edit,
   * a Regenerate). Read by: readHistory, messages.page, branches.*. Deleted by: removals.
   */
  branches: defineTable({
    ownerId: v.string(),
    thread: v.id('threads'),
    /** `main` or a row of this table. */
    parent: v.string(),
    /** The parent's rows with a settledSeq up to this one belong to it: seq*2-1 before an edited message, seq*2 before a regenerated reply. */
    uptoSettled: v.number(),
    /** The turn whose place its first turn takes: the first of the group of alternatives. */
    root: v.id('turns'),
    /** Its first turn. */
    first: v.id('turns'),
    createdAt: v.number(),
  }).index('by_thread', ['thread']),

  /**
   * Threads that were deleted, so that a message still on its way is told so. Written by: removal.finish, users.remove.
   * Read by: begin, saveSchedule. Deleted by: begin (when the thread comes back), the sweep after 30 days, users.remove.
   */
  removedThreads: defineTable({ ownerId: v.string(), threadId: v.string(), at: v.number() })
    .index('by_owner_thread', ['ownerId', 'threadId'])
    .index('by_at', ['at']),

  /**
   * One input and the reply to it: fence and liveness. No query of the UI reads it, since it changes while a reply is written.
   * Written by: begin, retry, regenerate and startContinuation (new), moveTurn (state, seq, position, heldFor, epoch, runId, dueBy,
   * restarts, steer, takenInBy, replyMessage), touchTurn, steps.fail and the watchdog (dueBy), steps.commit (restarts, back to 0),
   * placeMessage (branch, steer), queue.* (position, steer), retry and openBranch (replyMessage; openBranch also branch).
   * Read by: every service function. Deleted by: removals.
   */
  turns: defineTable({
    ownerId: v.string(),
    thread: v.id('threads'),
    /** `main` or a row of `branches`. */
    branch: v.string(),
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
    /** Rises at every start, restart and settle (a stop is one), when the turn is taken in, and when its waiting ends. The only fence. */
    epoch: v.number(),
    /** The run that owns the turn in this epoch. */
    runId: v.optional(v.string()),
    /** The latest time (ms) by which the turn will be heard of again. Absent in the queue and once settled. */
    dueBy: v.optional(v.number()),
    /** By the watchdog, or by a run that ended too early; since the last committed step. */
    restarts: v.number(),
    /** The model the person chose for this message. */
    model: v.optional(v.string()),
    /** Wants to be taken into the turn that runs when it comes. */
    steer: v.optional(v.boolean()),
    /** The turn it was taken into: it has no reply of its own. */
    takenInBy: v.optional(v.id('turns')),
    /** What its message asked for: a policy, the message that it replaces. Read when it is placed, which may be later, if it is held. */
    asked: v.optional(v.object({ policy: v.optional(policyValidator), edits: v.optional(v.string()) })),
  })
    .index('by_thread_state', ['thread', 'state', 'position'])
    .index('by_thread_seq', ['thread', 'branch', 'seq'])
    .index('by_dueBy', ['dueBy'])
    .index('by_held', ['thread', 'heldFor'])
    .index('by_run', ['runId'])
    .index('by_input', ['inputMessage']),

  /**
   * What people read: the user's rows and the replies. Written by: begin and startContinuation (new), moveTurn (new replies; status,
   * inngestJobId, seq, settledSeq, position, error, detail, live, steer, times), steps.* (parts, detail, live, model, usage, costMicros,
   * fallbacks, firstTokenAt), openWait (hasWaits), text.append (live, detail, firstTokenAt: once a try), text.think (detail), settle (text,
   * parts), retry (new reply, its parts and fork; superseded, retried), regenerate (parts of its new reply), openBranch (new reply; branch,
   * fork), placeMessage (branch, steer), queue.* (text, position, steer), ringSchedule (due), inbox.dismiss (dismissed). A settled row
   * never changes again, but for `superseded`, `retried`, `fork`, `dismissed`, and the status of one that waited.
   * Read by: the UI's queries, context.load. Deleted by: removals.
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
    /** A copy of the turn's; absent: `main`. */
    branch: v.optional(v.string()),
    /** On an input: the wait whose end it is, or the schedule that was due. */
    wait: v.optional(v.id('waits')),
    schedule: v.optional(v.id('schedules')),
    /** When the schedule was due (ms), if it ran late, and how many earlier times were left out. */
    due: v.optional(v.object({ at: v.number(), missed: v.number() })),
    /** On a reply: there are rows in `waits`. */
    hasWaits: v.optional(v.boolean()),
    fork: v.optional(v.id('turns')),
    steer: v.optional(v.boolean()),
    costMicros: v.optional(v.number()),
    fallbacks: v.optional(v.array(fallbackValidator)),
    dismissed: v.optional(v.boolean()),
  })
    .index('by_owner_message', ['ownerId', 'messageId'])
    .index('by_message', ['messageId'])
    .index('by_thread_settled', ['thread', 'settledSeq'])
    .index('by_thread_branch', ['thread', 'branch', 'settledSeq'])
    .index('by_owner_status', ['ownerId', 'status', 'settledAt'])
    .index('by_owner_role', ['ownerId', 'role'])
    .index('by_owner_role_status', ['ownerId', 'role', 'status'])
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
   * The job ledger: one row per (turn, step). Written by: steps.open, commit, fail, abandon; settle closes what is open.
   * Read by: the fence check, context.load, jobs.*, trace. Deleted by: removals.
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
    costMicros: v.optional(v.number()),
    /** The call of an earlier turn that this step makes: `<turn>/<model step>/<position>`. What was done under a key is not done again. */
    key: v.optional(v.string()),
    /** Messages that this model step has taken in. */
    steered: v.optional(v.array(steeredValidator)),
    /** Models that failed this step for good. */
    fallbacks: v.optional(v.array(fallbackValidator)),
    /** The last twenty tries, oldest first. One without an end died, or works still. */
    tries: v.optional(v.array(tryValidator)),
  })
    .index('by_turn_step', ['turn', 'step'])
    .index('by_key', ['key']),

  /**
   * What a reply waits for: a time, an answer, an approval. Written by: steps.commit (new), endWait and settle (state, version, answer,
   * endedAt), endWait (continuation).
   * Read by: the reply that shows it, the inbox, timers. Deleted by: removals.
   */
  waits: defineTable({
    ownerId: v.string(),
    thread: v.id('threads'),
    branch: v.string(),
    /** The turn that waits, its reply, and the tool call in it. */
    turn: v.id('turns'),
    message: v.id('messages'),
    step: v.string(),
    /** The call's ledger key: an approved call runs under it. */
    key: v.string(),
    kind: waitKindValidator,
    state: waitStateValidator,
    /** Rises when it changes; a timer of an older version does nothing. */
    version: v.number(),
    /** When the time has come, or when it expires (ms). */
    until: v.number(),
    openedAt: v.number(),
    endedAt: v.optional(v.number()),
    reason: v.optional(v.string()),
    question: v.optional(v.string()),
    choices: v.optional(v.array(v.string())),
    tool: v.optional(v.string()),
    input: v.optional(v.string()),
    summary: v.optional(v.string()),
    again: v.optional(v.boolean()),
    /** The answer, or why it was denied. */
    answer: v.optional(v.string()),
    continuation: v.optional(v.id('turns')),
  })
    .index('by_turn', ['turn'])
    .index('by_owner_state', ['ownerId', 'state', 'kind', 'until'])
    .index('by_thread_state', ['thread', 'state'])
    .index('by_state_until', ['state', 'until']),

  /**
   * Follow-ups and recurring tasks. Written by: schedules.* (people), service/schedules.* (the agent), ringSchedule (nextAt, what is known
   * of the last run, runs, state, version). Read by: the list, timers. Deleted by: schedules.remove, service/schedules.remove,
   * ringSchedule (when its thread is gone), removals.
   */
  schedules: defineTable({
    ownerId: v.string(),
    /** A UUID of the client, or a tool call's ledger key: creating it twice is once. Unique per owner. */
    key: v.string(),
    thread: v.id('threads'),
    title: v.string(),
    /** What the agent is asked each time. */
    prompt: v.string(),
    rule: ruleValidator,
    timeZone: v.string(),
    state: v.union(v.literal('active'), v.literal('paused'), v.literal('done')),
    /** Rises with every change; a timer of an older version does nothing. */
    version: v.number(),
    nextAt: v.optional(v.number()),
    lastAt: v.optional(v.number()),
    /** How late the last run was (ms), and how many before it were left out. */
    lastLateMs: v.optional(v.number()),
    lastMissed: v.optional(v.number()),
    runs: v.number(),
    createdAt: v.number(),
    createdBy: v.union(v.literal('person'), v.literal('agent')),
  })
    .index('by_owner', ['ownerId', 'createdAt'])
    .index('by_owner_key', ['ownerId', 'key'])
    .index('by_thread', ['thread'])
    .index('by_state_nextAt', ['state', 'nextAt']),

  /**
   * Facts that the agent saved, or the person wrote. Written by: service/memories.* (the agent), memories.* (the person).
   * Read by: context.load, recall, the list. Deleted by: both, removals of the account.
   */
  memories: defineTable({
    ownerId: v.string(),
    /** A UUID of the client, or a tool call's ledger key: saving it twice is once. */
    key: v.string(),
    text: v.string(),
    source: v.union(v.literal('agent'), v.literal('person')),
    createdAt: v.number(),
    updatedAt: v.number(),
  })
    .index('by_owner', ['ownerId', 'updatedAt'])
    .index('by_owner_key', ['ownerId', 'key'])
    .searchIndex('search_text', { searchField: 'text', filterFields: ['ownerId'] }),

  /**
   * The words of settled messages, for search; apart from `messages`, so that pages stay small. Written by: endTurn.
   * Read by: search. Deleted by: removals.
   */
  searchTexts: defineTable({
    ownerId: v.string(),
    thread: v.id('threads'),
    messageId: v.string(),
    role: v.union(v.literal('user'), v.literal('assistant')),
    text: v.string(),
    at: v.number(),
  })
    .index('by_thread', ['thread'])
    .searchIndex('search_text', { searchField: 'text', filterFields: ['ownerId'] }),

  /**
   * Running summaries of older turns; the originals stay. Written by: service/summaries.save. Read by: context.load.
   * Deleted by: removals. Older ones stay: a branch that leaves before the newest goes on from them.
   */
  summaries: defineTable({
    ownerId: v.string(),
    thread: v.id('threads'),
    branch: v.string(),
    /** It tells of everything on its branch up to this settledSeq. */
    uptoSettled: v.number(),
    text: v.string(),
    model: v.string(),
    createdAt: v.number(),
  }).index('by_thread_branch', ['thread', 'branch', 'uptoSettled']),

  /**
   * Money spent. `scope`: `person`, or a row of `threads`; `period`: `2026-11-23` or `2026-11` (UTC) for a person, `all` for a thread.
   * Written by addSpend: steps.commit, fail and abandon of a model step; countAside: setTitle, summaries.save. Read by: steps.open,
   * limits.admit, summaries.load, forTitle, spending, threads.get. Deleted by: removals.
   */
  spend: defineTable({
    ownerId: v.string(),
    scope: v.string(),
    period: v.string(),
    micros: v.number(),
    inputTokens: v.number(),
    outputTokens: v.number(),
    calls: v.number(),
    /** Of a person's month: the last calls for titles and summaries, so that one that is told twice counts once. */
    counted: v.optional(v.array(v.string())),
  }).index('by_owner', ['ownerId', 'scope', 'period']),

  /**
   * What became of a person's replies, hour by hour (UTC): counted, so that nobody reads a day of messages. Written by: moveTurn.
   * Read by: jobs.summary. Deleted by: countReply (what is older than a day), users.remove.
   */
  hours: defineTable({
    ownerId: v.string(),
    /** When the hour began (ms). */
    at: v.number(),
    done: v.number(),
    failed: v.number(),
    stopped: v.number(),
  }).index('by_owner', ['ownerId', 'at']),

  /**
   * Events that a transaction owes Inngest. Written by: owe, in the transaction that decided; owed.resend (attempts, resendAt).
   * Read by: its delivery, owed.resend.
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

  /**
   * The token bucket of one person. Written and read by: limits.admit, turns.retry and continue, branches.regenerate, schedules.runNow.
   * Deleted by: users.remove.
   */
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
   * What Clerk says about a person, and their preferences. Written by: users.upsert and users.remove (webhooks), savePreferences
   * (preferences.set and seeTimeZone, waits.answer when it says “always”).
   * Read by: begin (deleted?), context.load, preferences.get. Deleted by: nobody; a removed account keeps an empty row, so that late events find it closed.
   */
  users: defineTable({
    userId: v.string(),
    name: v.optional(v.string()),
    email: v.optional(v.string()),
    /** Clerk's time of the change (ms): webhooks arrive in any order, older ones are ignored. */
    updatedAt: v.number(),
    deleted: v.optional(v.boolean()),
    preferences: v.optional(preferencesValidator),
  }).index('by_user', ['userId']),
})
