/** `POST /v1/checkpoint/{run}/async`: steps a call has finished and goes on from. */

import { isObject, type Json, textOf } from '../protocol/json.ts'
import { parseOps } from '../protocol/ops.ts'
import { viewRun } from './applyDecision.ts'
import type { Core } from './core.ts'
import { finishRun } from './finishRun.ts'
import { decideCheckpoint } from './runState.ts'

export interface CheckpointReply {
  status: 200 | 400 | 409
  body: { ok: true } | { error: string; status: number }
}

/** One transaction; the reply is sent after it. A reply that is lost is asked for again, and answered the same. */
export function checkpoint(core: Core, runId: string, body: Json | undefined): CheckpointReply {
  const parsed = parseCheckpoint(body)
  if (!parsed) return refuse(400, 'The checkpoint needs `qi_id`, `generation_id` and a list of `steps`.')
  const { ops, itemId, generation, startedAt } = parsed
  const misfit = ops.find((op) => op.op !== 'StepRun' && op.op !== 'unsupported')
  if (misfit) return refuse(400, `A checkpoint cannot carry the op ${misfit.op}.`)
  const { db, runs, queue, clock, behaviour } = core
  return db.transaction(() => {
    const now = clock.now()
    const run = runs.get(runId)
    // 409 makes the SDK stop at once: right for a run that is gone, and for a call that has been replaced.
    if (!run || run.endedAt !== null) return refuse(409, `Run ${runId} is not running any more.`)
    const item = queue.get(itemId)
    const current = item?.state === 'leased' && item.generation === generation
    if (!current && core.wallNow() - startedAt >= behaviour.fenceGraceMs) {
      return refuse(409, `Generation ${generation} of ${itemId} has been replaced.`)
    }
    const decision = decideCheckpoint(viewRun(core, run, itemId), ops)
    for (const step of decision.records) runs.addStep(run.id, step, now)
    if (decision.end) {
      finishRun(core, run, decision.end, now)
      return refuse(409, `Run ${runId} was failed: it asked for an op this server does not have.`)
    }
    runs.update(run.id, decision)
    if (current) queue.resetAttempts(itemId)
    return { status: 200, body: { ok: true } }
  })
}

function parseCheckpoint(body: Json | undefined) {
  if (!isObject(body)) return undefined
  const ops = parseOps(body['steps'])
  const itemId = textOf(body['qi_id'])
  const generation = body['generation_id']
  if (!ops || itemId === undefined || typeof generation !== 'number') return undefined
  const started = body['request_started_at']
  return { ops, itemId, generation, startedAt: typeof started === 'number' ? started : 0 }
}

function refuse(status: 400 | 409, error: string): CheckpointReply {
  return { status, body: { error, status } }
}
