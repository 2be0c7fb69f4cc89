/** `ctx.runQuery` and `ctx.runMutation` inside a transaction: a sub-transaction of the caller's. */
import type { JsonValue } from '../backend.ts'
import { isJsonObject } from '../values/fieldAt.ts'
import { type Address, type Execution, requireMutation, requireTransaction } from './execution.ts'
import { invokeFunction } from './invokeFunction.ts'
import { resolveAddress } from './resolveFunction.ts'

export async function runNested(
  parent: Execution,
  udfType: 'query' | 'mutation' | 'snapshotQuery',
  address: Address,
  args: JsonValue,
  transactionLimits: JsonValue | undefined,
): Promise<string> {
  const tx = udfType === 'query' ? requireTransaction(parent, 'runQuery') : requireMutation(parent, 'runMutation')
  if (parent.depth + 1 > tx.limits.nestingDepth) {
    throw new Error(`Function calls are nested more than ${tx.limits.nestingDepth} deep.`)
  }
  const info = resolveAddress(parent.version, address, udfType === 'mutation' ? 'mutation' : 'query')
  // Concurrent nested calls of one function run one after the other; so does everything else it asks for meanwhile.
  while (parent.busy) await parent.busy
  let release = () => {}
  parent.busy = new Promise((resolve) => {
    release = resolve
  })
  const loosen = tx.usage.tighten(limitsOf(transactionLimits))
  const savepoint = tx.pending.savepoint()
  const child: Execution = {
    ...parent,
    type: info.type,
    info,
    ownWrites: udfType !== 'snapshotQuery' && parent.ownWrites,
    journal: null,
    producedJournal: null,
    paginated: false,
    depth: parent.depth + 1,
    busy: null,
    streams: new Map(),
    nextStream: 0,
    finished: false,
  }
  try {
    const result = await invokeFunction(child, info, args, tx.isIdOf, tx.limits)
    savepoint.commit()
    return result
  } catch (error) {
    savepoint.rollback()
    throw error
  } finally {
    loosen()
    parent.busy = null
    release()
  }
}

function limitsOf(value: JsonValue | undefined): Record<string, number> {
  if (!isJsonObject(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  )
}
