/** Takes a turn for a run: the one guarantee that there is one reply. The database decides; both ways in lead here. */
import { api } from '../../convex/_generated/api.js'
import type { Take } from '../../convex/validators.ts'
import { messageSent, turnStarted } from '../../inngest/client.ts'
import { serviceMutation } from '../convex/serviceClient.ts'
import { broughtMessage } from './broughtMessage.ts'

/** What every later step needs to know; small, since Inngest carries it along. */
export interface Turn {
  turnId: string
  epoch: number
  ownerId: string
  threadId: string
  runId: string
}

export type Taken = ({ kind: 'go' } & Turn) | Exclude<Take, { kind: 'go' }>

const PATIENCE = { patienceMs: 3_000 }

/** Both events that the function is triggered by; the shapes are checked here again, since what is stored may be older than this code. */
function take(event: { name: string; data: unknown }, runId: string): Promise<Take> {
  if (event.name === turnStarted.name) {
    const { turnId, epoch } = turnStarted.schema.parse(event.data)
    return serviceMutation(api.service.turns.claim, { turnId, epoch, runId }, PATIENCE)
  }
  const brought = broughtMessage(messageSent.schema.parse(event.data))
  return serviceMutation(api.service.turns.begin, { runId, ...brought }, PATIENCE)
}

/**
 * If we crash after it: the message is saved and the turn is this run's; Inngest calls again, and the same run is answered the same.
 * If the run never comes back, the watchdog starts the turn anew.
 */
export async function takeTurn(event: { name: string; data: unknown }, runId: string): Promise<Taken> {
  const taken = await take(event, runId)
  return taken.kind === 'go' ? { ...taken, runId } : taken
}
