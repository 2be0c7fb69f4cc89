/**
 * The context of a running turn, kept in this process from one model step to the next. A turn of many tool calls would read its whole
 * history again at every step, although only its own steps have changed. What is not here is loaded: another process knows nothing of it,
 * and needs nothing of it.
 */
import { api } from '../../convex/_generated/api.js'
import { serviceQuery } from '../convex/serviceClient.ts'
import { type Context, gatherContext, type Loaded } from './gatherContext.ts'

/** At most 32,000 tokens each: twenty megabytes at the very most. The oldest goes first. */
const MOST_KEPT = 100
const kept = new Map<string, Context>()

/** These change what the prompt tells of the person: after one of them everything is read anew. */
const rememberers = new Set(['remember', 'forget'])

function keep(key: string, context: Context): void {
  kept.delete(key)
  kept.set(key, context)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
}

const changesFacts = ({ committed }: Pick<Context, 'committed'>) =>
  committed.some(({ result }) => result.kind === 'model' && result.toolCalls.some(({ name }) => rememberers.has(name)))

interface StepOfTurn {
  turnId: string
  epoch: number
  /** The model step, from 0. */
  n: number
}

/** As gatherContext; history, wishes and facts are those of the turn's first model step, so that a turn tells its model one story. */
export async function loadContext({ turnId, epoch, n }: StepOfTurn, models: readonly string[]): Promise<Loaded> {
  const key = `${turnId}/${epoch}/${models.join(' ')}`
  const known = n > 0 ? kept.get(key) : undefined
  if (known) {
    const now = await serviceQuery(api.service.context.committed, { turnId, epoch })
    if (now.kind !== 'committed') {
      kept.delete(key)
      return now
    }
    if (!changesFacts(now)) return { ...known, committed: now.committed }
  }
  const loaded = await gatherContext({ turnId, epoch }, models)
  if (loaded.kind === 'context') keep(key, loaded)
  return loaded
}

/** The turn has no more model steps. Not called when it ends otherwise: then it is the oldest, some day. */
export function dropContext({ turnId, epoch }: Omit<StepOfTurn, 'n'>): void {
  for (const key of kept.keys()) if (key.startsWith(`${turnId}/${epoch}/`)) kept.delete(key)
}
