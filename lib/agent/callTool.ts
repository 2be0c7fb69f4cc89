/** One tool call as a durable step. A committed call never runs again; its outcome, good or bad, is what the model reads next. */
import { api } from '../../convex/_generated/api.js'
import type { CommitResult } from '../../convex/validators.ts'
import { serviceMutation, watchFence } from '../convex/serviceClient.ts'
import { decideCall } from './decideCall.ts'
import { settingsOf } from './decidePermission.ts'
import { type Context, loadOwnSteps } from './gatherContext.ts'
import { joinRunning } from './joinRunning.ts'
import { commitStep, type OpenStep, openBeside, openStep, requireTurnGone } from './ledgerStep.ts'
import { findTool } from './prepareTools.ts'
import { failedCall, runTool } from './runTool.ts'
import type { Turn } from './takeTurn.ts'
import { HEARTBEAT_MS } from './textWriter.ts'

/** What Inngest remembers of a call. */
export interface CallOutcome {
  step: string
  /** It has no result yet: the turn ends, and what ends the wait goes on in a new one. */
  waits: boolean
}

interface Call {
  name: string
  /** JSON text. */
  input: string
}

export interface ApprovedCall extends Call {
  /** The ledger key of the call in the turn that asked: a call done under it is never done again. */
  key: string
}

/** A slow tool is alive: an empty append says so to the watchdog, and learns of a stop should the subscription be down. */
function keepAlive({ turn: { turnId }, step, fence }: OpenStep, stop: AbortController): () => void {
  const timer = setInterval(() => {
    serviceMutation(api.service.text.append, { turnId, step, fence, offset: 0, text: '' }).then(
      (answer) => answer.kind === 'stale' && stop.abort(),
      (error: unknown) => console.warn(JSON.stringify({ at: 'callTool', turnId, step, problem: String(error) })),
    )
  }, HEARTBEAT_MS)
  return () => clearInterval(timer)
}

async function runWatched(open: OpenStep, run: (stop: AbortSignal) => Promise<CommitResult>): Promise<CommitResult> {
  const stop = new AbortController()
  const unfollow = watchFence(open.turn.turnId, (fence) => {
    if (!fence || fence.epoch > open.fence.epoch) stop.abort()
  })
  const rest = keepAlive(open, stop)
  try {
    return await run(stop.signal)
  } finally {
    unfollow()
    rest()
  }
}

interface Work {
  open: OpenStep
  own: Context
  call: Call
  key: string
  isRepeat: boolean
  isApproved: boolean
}

function carryOut({ open, own, call, key, isRepeat, isApproved }: Work): Promise<CommitResult> {
  const { ownerId, threadId, timeZone, personTexts } = own
  const settings = settingsOf(own.toolSettings, own.memoryOn)
  const tool = findTool(call.name)
  const words = { personTexts }
  const decision = decideCall({ call, tool, settings, words, isApproved, isRepeat, now: Date.now() })
  if (decision.kind === 'refuse') return Promise.resolve(failedCall(decision.message))
  if (decision.kind === 'ask') return Promise.resolve({ kind: 'wait', wait: decision.wait, key })
  const about = { idempotencyKey: key, ownerId, threadId, timeZone }
  return runWatched(open, (stop) => runTool({ ...decision, about, stop }))
}

interface Step {
  turn: Turn
  step: string
  key: string
  /** For an approved call: the ledger looks for what was done under the key in other turns. */
  isApproved: boolean
  callOf: (own: Context) => Call | undefined
}

async function runStep({ turn, step, key, isApproved, callOf }: Step): Promise<CallOutcome> {
  const opening = openStep(turn, step, 'tool', isApproved ? { key } : {})
  const [opened, own] = await openBeside(opening, loadOwnSteps(turn))
  if (opened.kind === 'done') return { step, waits: opened.result.kind === 'tool' && opened.result.wait !== undefined }
  // Stopped or not ours: the next model step asks the ledger and learns the same.
  if (opened.kind !== 'go' || own.kind !== 'context') return { step, waits: false }

  const call = callOf(own)
  if (!call)
    throw new Error(`Turn ${turn.turnId} has no call for ${step}. The ledger and Inngest disagree; it is tried again.`)

  const open: OpenStep = { turn, step, fence: opened.fence, failures: opened.failures }
  const outcome = await carryOut({ open, own, call, key, isRepeat: opened.isRepeat, isApproved })
  // If we crash here: the tool ran and nobody knows. The next try repeats it only if it says it is repeatable, else the person is asked.
  const committed = await commitStep(open, outcome)
  if (committed.kind !== 'stale') return { step, waits: outcome.kind === 'wait' }
  await requireTurnGone(open)
  return { step, waits: false }
}

const joined = (one: Step) =>
  joinRunning(`${one.turn.turnId}/${one.turn.epoch}/${one.turn.runId}/${one.step}`, () => runStep(one))

/** The ledger key (turn, model step, position) is ours, since providers repeat their call ids. */
export function callTool(turn: Turn, n: number, position: number): Promise<CallOutcome> {
  const callOf = ({ committed }: Context) => {
    const result = committed.find((one) => one.step === `model-${n}`)?.result
    return result?.kind === 'model' ? result.toolCalls.find((one) => one.position === position) : undefined
  }
  const step = `tool-${n}-${position}`
  return joined({ turn, step, key: `${turn.turnId}/${n}/${position}`, isApproved: false, callOf })
}

/** The call that the person has approved, before the model speaks. Its input is what they were shown. */
export function callApproved(turn: Turn, call: ApprovedCall): Promise<CallOutcome> {
  return joined({ turn, step: 'tool-approved-0', key: call.key, isApproved: true, callOf: () => call })
}
