/** The step before the first model call: gathers what there is to know and fixes what every later step of this turn works with. */
import { z } from 'zod'
import { requireEnv } from '../env.ts'
import { describeModels } from '../model/models.ts'
import { orderModels } from '../model/orderModels.ts'
import { type Context, gatherContext } from './gatherContext.ts'
import { inspectContext } from './inspectContext.ts'
import { commitStep, openBeside, openStep } from './ledgerStep.ts'
import { prepareTools } from './prepareTools.ts'
import type { Turn } from './takeTurn.ts'

/** Small, and valid for the whole turn, also across a deploy. */
export interface Plan {
  /** Names of the tools on offer. */
  tools: string[]
  /** The models to ask, in the order of fallback. */
  models: string[]
  /** The call that the person has approved: made before the model is asked, under the key of the turn that wished it. */
  call?: { name: string; input: string; key: string }
}

const nothing: Plan = { tools: [], models: [] }

/** An older deploy noted names alone, and no models. */
const noted = z.object({
  tools: z.array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])).catch([]),
  models: z.array(z.string()).catch([]),
  call: z.object({ name: z.string(), input: z.string(), key: z.string() }).optional(),
})

export function parsePlan(json: string): Plan {
  const { tools, models, call } = noted.parse(JSON.parse(json))
  return { tools, models, ...(call ? { call } : {}) }
}

/** What Inngest remembers of this step may be the plan of an older deploy. */
export function completePlan(remembered: Partial<Plan>): Plan {
  return { ...nothing, ...remembered }
}

/** “And tomorrow?” goes on with what was called for the last replies. */
const REPLIES_LOOKED_AT = 3

function recentTools({ history, approved, input }: Context): string[] {
  const replies = history.filter(({ role }) => role === 'assistant').slice(-REPLIES_LOOKED_AT)
  const called = replies.flatMap(({ parts = [] }) => parts.flatMap((part) => (part.type === 'tool' ? [part.name] : [])))
  return [...called, ...(approved ? [approved.name] : []), ...(input.wait?.tool ? [input.wait.tool] : [])]
}

function planReply(context: Context): Plan {
  const env = requireEnv()
  const models = orderModels(env, context.wantedModel ?? undefined)
  const canCall = describeModels(env).find(({ id }) => id === models[0])?.tools !== false
  const wishes = {
    // A continuation may have no words of its own: what the person wrote last says what it is about.
    message: context.input.text || context.personTexts[0] || '',
    recentTools: recentTools(context),
    settings: context.toolSettings,
    hasMemory: context.memoryOn,
  }
  const { approved } = context
  return { tools: canCall ? prepareTools(wishes) : [], models, ...(approved ? { call: approved } : {}) }
}

/** A turn that is no longer ours gets an empty plan: the model step asks the ledger again and learns the same. */
export async function prepareReply(turn: Turn): Promise<Plan> {
  const [opened, context] = await openBeside(openStep(turn, 'prepare', 'prepare'), gatherContext(turn))
  if (opened.kind === 'done') return opened.result.kind === 'plain' ? parsePlan(opened.result.value) : nothing
  if (opened.kind !== 'go' || context.kind !== 'context') return nothing

  const plan = planReply(context)
  const open = { turn, step: 'prepare', fence: opened.fence, failures: opened.failures }
  await commitStep(open, { kind: 'plain', value: JSON.stringify(inspectContext(context, plan)) })
  return plan
}
