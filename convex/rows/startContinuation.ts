/** A turn that no message began: an answer, an approval, a time, a schedule, a wish to go on. Once per `messageId`. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import type { Lane } from '../decisions/planMove.ts'
import type { Cause } from '../validators.ts'
import { findMessage, findTurnOfMessage } from './findRows.ts'
import { moveTurn } from './moveTurn.ts'
import { seePerson } from './seePerson.ts'
import { bringBack } from './shelveThread.ts'
import { startNext } from './startNext.ts'

export interface Continuation {
  ownerId: string
  thread: Id<'threads'>
  branch: string
  cause: Exclude<Cause, 'message' | 'retry' | 'regenerate'>
  /** Names what happened, so that it can only happen once: a wait's id, `schedule:<id>:<due>`, `continue:<turn>`. */
  messageId: string
  /** The person's words, if there are any; the note to the model is made from the cause and the rows. */
  text: string
  wait?: Id<'waits'>
  schedule?: Id<'schedules'>
  due?: { at: number; missed: number }
  model?: string
}

/** What goes on with an earlier reply goes ahead of waiting messages. */
const laneOf = (cause: Continuation['cause']): Lane => (cause === 'schedule' ? 'queue' : 'ahead')

/** These are a person's own acts; the others come by the clock. */
const byPerson: ReadonlySet<Cause> = new Set(['answer', 'approval', 'continue'])

export async function startContinuation(ctx: MutationCtx, wanted: Continuation, now: number): Promise<Doc<'turns'>> {
  const { ownerId, thread, branch, cause, messageId, text, wait, schedule, due, model } = wanted
  const known = await findMessage(ctx, ownerId, messageId)
  const begun = known && (await findTurnOfMessage(ctx, known))
  if (begun) return begun

  const inputMessage = await ctx.db.insert('messages', {
    ownerId,
    thread,
    messageId,
    role: 'user',
    status: 'pending',
    inngestJobId: '',
    text,
    createdAt: now,
    cause,
    ...(branch === 'main' ? {} : { branch }),
    ...(wait ? { wait } : {}),
    ...(schedule ? { schedule } : {}),
    ...(due ? { due } : {}),
  })
  const turn = await ctx.db.insert('turns', {
    ownerId,
    thread,
    branch,
    cause,
    inputMessage,
    state: 'pending',
    epoch: 0,
    restarts: 0,
    ...(model === undefined ? {} : { model }),
  })
  await ctx.db.patch(inputMessage, { turn })
  await ctx.db.patch(thread, { lastActivityAt: now })
  await bringBack(ctx, thread, byPerson.has(cause) ? 'person' : 'time')
  if (byPerson.has(cause) || cause === 'schedule') await seePerson(ctx, thread)
  const placed = await moveTurn(ctx, turn, { kind: 'place', lane: laneOf(cause) }, now)
  const started = await startNext(ctx, thread, now)
  return started?._id === turn ? started : placed
}
