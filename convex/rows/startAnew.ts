/** A turn whose run cannot finish it goes to a new run, up to so many times; then it fails with a reason. */
import { chatErrors } from '../../lib/chat/chatError.ts'
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { maxRestarts } from '../decisions/watchdogTimes.ts'
import { moveTurn } from './moveTurn.ts'
import { settleTurn } from './settleTurn.ts'

export async function startAnew(ctx: MutationCtx, turn: Doc<'turns'>, now: number): Promise<void> {
  if (turn.restarts < maxRestarts) await moveTurn(ctx, turn._id, { kind: 'restart' }, now)
  else {
    const error = { code: 'gave-up', message: chatErrors['gave-up'].message }
    await settleTurn(ctx, turn, { kind: 'failed', error }, now)
  }
}
