/** One tool call as a durable step. A committed call never runs again; its outcome, good or bad, is what the model reads next. */
import { api } from '../../convex/_generated/api.js'
import { serviceMutation, watchFence } from '../convex/serviceClient.ts'
import { loadOwnSteps } from './gatherContext.ts'
import { joinRunning } from './joinRunning.ts'
import { commitStep, type OpenStep, openBeside, openStep, requireTurnGone } from './ledgerStep.ts'
import { findTool } from './prepareTools.ts'
import type { Turn } from './takeTurn.ts'
import { HEARTBEAT_MS } from './textWriter.ts'
import type { AgentTool, ToolContext } from './tools/defineTool.ts'

/** The model reads it and it is kept in the reply: more than this is cut by saying so. */
const MOST_OUTPUT_CHARS = 50_000

/** JSON text, ready for the ledger. */
export interface ToolOutput {
  output: string
  failed: boolean
}

const failed = (message: string): ToolOutput => ({ output: JSON.stringify(message), failed: true })

function parseInput(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

export interface ToolRun {
  call: { name: string; input: string }
  tool: AgentTool | undefined
  /** Not the first try: an earlier one may have had its effect before its worker died. */
  isRepeat: boolean
  about: Omit<ToolContext, 'signal' | 'now'>
  stop: AbortSignal
}

/** Never throws: what went wrong is an answer to the model, which may try again or say so. */
export async function runTool({ call, tool, isRepeat, about, stop }: ToolRun): Promise<ToolOutput> {
  if (!tool) return failed(`There is no tool named ${call.name}.`)
  if (isRepeat && !tool.repeatable) {
    return failed(
      'This call was interrupted. It is not known whether it took effect, so it was not repeated. Ask the person.',
    )
  }
  const signal = AbortSignal.any([stop, AbortSignal.timeout(tool.timeoutMs)])
  const ended = new Promise<never>((_resolve, reject) => {
    const end = () =>
      reject(new Error(stop.aborted ? 'The turn was stopped.' : `No answer within ${tool.timeoutMs} ms.`))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
  try {
    const running = tool.run(parseInput(call.input), { ...about, signal, now: Date.now })
    const output = JSON.stringify((await Promise.race([running, ended])) ?? null)
    if (output.length <= MOST_OUTPUT_CHARS) return { output, failed: false }
    return failed(`The answer of ${output.length} characters is too long to read. Ask for less.`)
  } catch (error) {
    return failed(error instanceof Error ? error.message : 'The tool failed.')
  }
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

/** The ledger key (turn, model step, position) is ours, since providers repeat their call ids. */
export function callTool(turn: Turn, n: number, position: number): Promise<{ step: string }> {
  const step = `tool-${n}-${position}`
  return joinRunning(`${turn.turnId}/${turn.epoch}/${turn.runId}/${step}`, () => runStep(turn, n, position, step))
}

async function runStep(turn: Turn, n: number, position: number, step: string): Promise<{ step: string }> {
  const [opened, own] = await openBeside(openStep(turn, step, 'tool'), loadOwnSteps(turn))
  // Done, stopped or not ours: the next model step asks the ledger and learns the same.
  if (opened.kind !== 'go' || own.kind !== 'context') return { step }

  const result = own.committed.find((one) => one.step === `model-${n}`)?.result
  const call = result?.kind === 'model' ? result.toolCalls.find((one) => one.position === position) : undefined
  if (!call)
    throw new Error(`Turn ${turn.turnId} has no call for ${step}. The ledger and Inngest disagree; it is tried again.`)

  const open: OpenStep = { turn, step, fence: opened.fence, failures: opened.failures }
  const stop = new AbortController()
  const unfollow = watchFence(turn.turnId, (fence) => {
    if (!fence || fence.epoch > open.fence.epoch) stop.abort()
  })
  const rest = keepAlive(open, stop)
  try {
    const { ownerId, threadId } = own
    const about = { idempotencyKey: `${turn.turnId}/${n}/${position}`, ownerId, threadId, timeZone: 'UTC' }
    const isRepeat = open.fence.try > 1
    const outcome = await runTool({ call, tool: findTool(call.name), isRepeat, about, stop: stop.signal })
    // If we crash here: the tool ran and nobody knows. The next try repeats it only if it says it is repeatable.
    const committed = await commitStep(open, { kind: 'tool', ...outcome })
    if (committed.kind === 'stale') await requireTurnGone(open)
    return { step }
  } finally {
    unfollow()
    rest()
  }
}
