/** All that is known of one reply's making, from its turn, its two messages, its ledger and its waits. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { toolStepName } from '../decisions/commitParts.ts'
import { triesOf } from '../decisions/ledgerTries.ts'
import { present } from '../decisions/present.ts'
import type { Job } from '../validators.ts'
import { waitsOfTurn } from './closeWait.ts'
import { findMessage, findTurn, findTurnOfMessage } from './findRows.ts'
import { ledgerRow, readSteps } from './readLedger.ts'
import { waitView } from './waitView.ts'

/** Unlike the conversation's queries it reads the turn: only the job's own view is woken by its signs of life. */
export async function inspectJob(ctx: QueryCtx, ownerId: string, messageId: string): Promise<Job | null> {
  const message = await findMessage(ctx, ownerId, messageId)
  const own = message && (await findTurnOfMessage(ctx, message))
  // What was taken into another reply was answered there.
  const turn = own?.takenInBy ? await ctx.db.get(own.takenInBy) : own
  const thread = turn && (await ctx.db.get(turn.thread))
  const input = turn && (await ctx.db.get(turn.inputMessage))
  if (!turn || !thread || !input) return null
  const reply = turn.replyMessage ? await ctx.db.get(turn.replyMessage) : null
  const row = reply ?? input
  const steps = await readSteps(ctx, turn._id)
  const tools = toolNames(steps, reply)
  const waits = await waitsOfTurn(ctx, turn._id)
  return {
    ...{ threadId: thread.threadId, threadTitle: thread.title, turnId: turn._id, status: turn.state },
    ...present(turn, ['cause', 'epoch', 'restarts']),
    ...present(row, ['messageId', 'inngestJobId', 'startedAt', 'firstTokenAt', 'settledAt']),
    ...present(row, ['model', 'usage', 'costMicros', 'error', 'fallbacks']),
    // Queued with its message; a Retry, or a reply made anew, when that was wished.
    createdAt: input.turn === turn._id ? input.createdAt : row.createdAt,
    steps: steps.map((step) => {
      const tool = tools.get(step.step)
      return { ...ledgerRow(step), tries: triesOf(step), ...(tool === undefined ? {} : { tool }) }
    }),
    waits: waits.map((wait) => waitView(wait, thread.threadId)),
    goesOn: await goesOn(ctx, turn, waits),
    cameFrom: await cameFrom(ctx, input),
  }
}

/** By the ledger's name of the call. The reply knows an approved call, which no model step of its own has made. */
function toolNames(steps: readonly Doc<'steps'>[], reply: Doc<'messages'> | null): Map<string, string> {
  const names = new Map<string, string>()
  for (const part of reply?.parts ?? []) if (part.type === 'tool') names.set(part.step, part.name)
  for (const { step, result } of steps) {
    if (result?.kind !== 'model') continue
    for (const { position, name } of result.toolCalls) names.set(toolStepName(step, position), name)
  }
  return names
}

/** After its waits, and where it was stopped. */
async function goesOn(ctx: QueryCtx, turn: Doc<'turns'>, waits: readonly Doc<'waits'>[]): Promise<Job['goesOn']> {
  const wish = await findMessage(ctx, turn.ownerId, `continue:${turn._id}`)
  const ids = [...waits.map(({ continuation }) => continuation), wish?.turn]
  const next = await Promise.all(ids.map((id) => (id ? ctx.db.get(id) : null)))
  return next.flatMap((one) => (one ? [{ messageId: one._id, status: one.state }] : []))
}

const continued = 'continue:'

async function cameFrom(ctx: QueryCtx, input: Doc<'messages'>): Promise<Id<'turns'> | null> {
  if (input.wait) return (await ctx.db.get(input.wait))?.turn ?? null
  if (input.cause !== 'continue' || !input.messageId.startsWith(continued)) return null
  return (await findTurn(ctx, input.messageId.slice(continued.length)))?._id ?? null
}
