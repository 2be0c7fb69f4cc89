/** One model call as a durable step: ask the ledger, stream, write as it comes, commit once. */
import type { ModelMessage } from 'ai'
import { partsLength } from '../../convex/decisions/foldReply.ts'
import type { Fallback, Spend, Steered, StepResult } from '../../convex/validators.ts'
import { maxReplyChars } from '../chat/messageLimits.ts'
import { requireEnv } from '../env.ts'
import { type ChosenModel, chooseModel } from '../model/chooseModel.ts'
import { operatorBudget } from '../model/operatorBudget.ts'
import { orderModels } from '../model/orderModels.ts'
import { spendOf } from '../model/spendOf.ts'
import { spendOfCut } from '../model/spendOfCut.ts'
import { classifyError, StepFailure } from './classifyError.ts'
import { type Context, instructions, ownParts, toModelMessages } from './gatherContext.ts'
import { inspectAdded } from './inspectContext.ts'
import { joinRunning } from './joinRunning.ts'
import { dropContext, loadContext } from './keptContext.ts'
import {
  type Asked,
  abandonStep,
  commitStep,
  failStep,
  type OpenStep,
  openBeside,
  openStep,
  requireTurnGone,
} from './ledgerStep.ts'
import { offerTools } from './offerTools.ts'
import { type OpenReply, openReply } from './openReply.ts'
import type { Plan } from './prepareReply.ts'
import { declareTools } from './prepareTools.ts'
import type { ErrorClass } from './retryPolicy.ts'
import { type StreamEnd, streamReply } from './streamReply.ts'
import type { Turn } from './takeTurn.ts'
import type { TextWriter } from './textWriter.ts'

/** What Inngest remembers of a model step: positions, no bodies. */
export interface ModelOutcome {
  next: 'model' | 'settle'
  /** Positions of the tools to call before that. */
  toolCalls: number[]
}

/** A model that calls tools in circles ends here. */
export const MOST_MODEL_STEPS = 16

/** Settling a turn that is not ours changes nothing, so every way out of the turn leads there. */
const settle: ModelOutcome = { next: 'settle', toolCalls: [] }

type ModelResult = Extract<StepResult, { kind: 'model' }>

export function outcomeOf({ finishReason, toolCalls }: Pick<ModelResult, 'finishReason' | 'toolCalls'>): ModelOutcome {
  if (toolCalls.length > 0) return { next: 'model', toolCalls: toolCalls.map(({ position }) => position) }
  return finishReason === 'budget' ? { next: 'model', toolCalls: [] } : settle
}

/** What a finished call lacks to be a reply. */
function faultOf(end: Extract<StreamEnd, { kind: 'ended' }>, written: number, n: number): ErrorClass | undefined {
  const more = end.toolCalls.length > 0 || end.finishReason === 'budget'
  if (more) return n + 1 >= MOST_MODEL_STEPS ? 'too-many-steps' : undefined
  if (written > 0) return undefined
  if (end.finishReason === 'content-filter') return 'refused'
  // After tool calls a model may have nothing to add.
  return n === 0 ? 'empty' : undefined
}

interface Work {
  open: OpenStep
  reply: OpenReply
  context: Context
  steered: readonly Steered[]
  messages: ModelMessage[]
  plan: Plan
  n: number
  chosen: ChosenModel
}

/** What the reply holds before this call: it counts towards its limit. */
function heldChars({ context, steered }: Pick<Work, 'context' | 'steered'>): number {
  return partsLength(ownParts(context)) + steered.reduce((sum, { text }) => sum + text.length, 0)
}

/** The models of the turn that are left, the first to be asked now. */
function modelsLeft(plan: Plan, fallbacks: readonly Fallback[]): string[] {
  // A plan of an older deploy names none.
  const models = plan.models.length > 0 ? plan.models : orderModels(requireEnv(), undefined)
  return models.filter((id) => !fallbacks.some(({ model }) => model === id))
}

const inputChars = ({ toolCalls }: Pick<ModelResult, 'toolCalls'>) =>
  toolCalls.reduce((sum, { input }) => sum + input.length, 0)

async function stream(
  { open, reply, context, steered, messages, plan, n, chosen }: Work,
  stop: AbortController,
): Promise<StreamEnd> {
  const { turn, step, fence } = open
  const { writer, showThinking } = reply
  const env = requireEnv()
  const written = context.committed.reduce((sum, { text }) => sum + text.length, 0)
  const room = maxReplyChars - heldChars({ context, steered })
  let tooLong = false
  const end = await streamReply({
    model: chosen.model,
    instructions,
    messages,
    // A model that stands in for another may not know what the plan offers.
    tools: chosen.tools ? declareTools(plan.tools) : {},
    toolChoice: n + 1 < MOST_MODEL_STEPS ? 'auto' : 'none',
    headers: { 'x-correlation-id': `${turn.turnId}/${step}/${fence.epoch}.${fence.try}` },
    stop: stop.signal,
    budgetMs: env.MODEL_STEP_BUDGET_MS,
    stallMs: env.MODEL_STALL_MS,
    onText(text) {
      tooLong ||= writer.length + text.length > room
      if (tooLong) stop.abort()
      else writer.write(text)
    },
    onThinking: showThinking,
  })
  if (end.kind === 'ended') tooLong ||= writer.length + inputChars(end) > room
  if (tooLong) throw new StepFailure('reply-too-long', `The reply is longer than ${maxReplyChars} characters.`)
  const fault = end.kind === 'ended' ? faultOf(end, written + writer.length, n) : undefined
  if (fault) throw new StepFailure(fault, `The model call ended as ${fault}.`)
  return end
}

async function leave(open: OpenStep): Promise<ModelOutcome> {
  await requireTurnGone(open)
  return settle
}

/** The last text and the result go in one mutation: there is no moment in which one is there without the other. */
async function commit(open: OpenStep, writer: TextWriter, result: ModelResult): Promise<ModelOutcome> {
  let tail = await writer.finish()
  // The database may ask for older text once, after losing an append whose answer we have; not for ever.
  for (let tries = 0; tail !== 'stale' && tries < 3; tries++) {
    const answer = await commitStep(open, result, tail)
    if (!('end' in answer)) return answer.kind === 'ok' ? outcomeOf(result) : leave(open)
    tail = writer.tailFrom(answer.end)
  }
  if (tail === 'stale') return leave(open)
  throw new Error(`Step ${open.step} of turn ${open.turn.turnId} does not fit its own text. It will be tried again.`)
}

/** `n` counts the model steps of the turn, from 0. */
export function callModel(turn: Turn, plan: Plan, n: number): Promise<ModelOutcome> {
  const step = `model-${n}`
  return joinRunning(`${turn.turnId}/${turn.epoch}/${turn.runId}/${step}`, async () => {
    const outcome = await runStep(turn, plan, n, step)
    if (outcome.next === 'settle') dropContext(turn)
    return outcome
  })
}

async function runStep(turn: Turn, plan: Plan, n: number, step: string): Promise<ModelOutcome> {
  const env = requireEnv()
  const opening = openStep(turn, step, 'model', { budget: operatorBudget(env) })
  const [opened, context] = await openBeside(opening, loadContext({ ...turn, n }, plan.models))
  if (opened.kind === 'done') return opened.result.kind === 'model' ? outcomeOf(opened.result) : settle
  // Over budget, the turn has ended with its reason in the call that said so.
  if (opened.kind !== 'go' || context.kind !== 'context') return settle

  const { fence, failures, fallbacks, steered } = opened
  const [model, next] = modelsLeft(plan, fallbacks)
  const chosen = chooseModel(env, model)
  const asked: Asked = { model: model ?? chosen.id, next }
  const open: OpenStep = { turn, step, fence, failures, fallbacks }
  const stop = new AbortController()
  const reply = openReply(open, stop, env.TEXT_FLUSH_MS)
  const { writer } = reply
  const messages = toModelMessages(context, chosen.continuation, steered)
  const tools = offerTools(plan.tools, context, steered)
  const cutSpend = (thoughtChars = 0) => spendOfCut(chosen.price, messages, writer.length + thoughtChars)
  try {
    const work = { open, reply, context, steered, messages, plan: { ...plan, tools }, n, chosen }
    const end = await stream(work, stop).catch((error: unknown) => ({ kind: 'failed' as const, error }))
    if (end.kind === 'failed') {
      await writer.drain()
      await failStep(open, classifyError(end.error, Date.now()), asked, cutSpend())
      return settle
    }
    if (end.kind === 'stopped') {
      // By the fence, or by a write that was refused, or by one that failed: for that `finish` throws, and Inngest calls again.
      await writer.finish()
      await requireTurnGone(open)
      const spend = cutSpend()
      if (spend) await abandonStep(open, spend)
      return settle
    }
    const spend = end.usage ? spendOf(chosen.price, end.usage) : cutSpend(end.reasoning?.text.length)
    const result = { ...resultOf(end, chosen, spend ?? {}), ...inspectAdded(plan.tools, tools) }
    return await commit(open, writer, result)
  } finally {
    reply.close()
  }
}

/** The reply names the model as it is listed, not as a provider calls the copy that served: people choose by it. */
function resultOf(end: Extract<StreamEnd, { kind: 'ended' }>, { id: model }: ChosenModel, spend: Spend): ModelResult {
  const { finishReason, toolCalls, reasoning } = end
  return {
    kind: 'model',
    finishReason,
    toolCalls,
    model,
    ...spend,
    ...(reasoning ? { reasoning } : {}),
  }
}
