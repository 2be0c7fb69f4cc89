/** The step before the first model call: gathers what there is to know and fixes what every later step of this turn works with. */
import { requireEnv } from '../env.ts'
import { orderModels } from '../model/orderModels.ts'
import { gatherContext } from './gatherContext.ts'
import { commitStep, openBeside, openStep } from './ledgerStep.ts'
import { prepareTools } from './prepareTools.ts'
import type { Turn } from './takeTurn.ts'

/** Small, and valid for the whole turn, also across a deploy. */
export interface Plan {
  /** Names of the tools on offer. */
  tools: string[]
  /** The models to ask, in the order of fallback. */
  models: string[]
}

const nothing: Plan = { tools: [], models: [] }

function namesIn(value: unknown, field: 'tools' | 'models'): string[] {
  const list = typeof value === 'object' && value !== null && field in value ? Reflect.get(value, field) : []
  return Array.isArray(list) ? list.filter((name) => typeof name === 'string') : []
}

function parsePlan(json: string): Plan {
  const value: unknown = JSON.parse(json)
  return { tools: namesIn(value, 'tools'), models: namesIn(value, 'models') }
}

/** A turn that is no longer ours gets an empty plan: the model step asks the ledger again and learns the same. */
export async function prepareReply(turn: Turn): Promise<Plan> {
  const [opened, context] = await openBeside(openStep(turn, 'prepare', 'prepare'), gatherContext(turn))
  if (opened.kind === 'done') return opened.result.kind === 'plain' ? parsePlan(opened.result.value) : nothing
  if (opened.kind !== 'go' || context.kind !== 'context') return nothing

  const plan: Plan = {
    tools: prepareTools({ message: context.input.text, recentTools: [], settings: {}, hasMemory: true }),
    models: orderModels(requireEnv(), undefined),
  }
  const seen = { messages: context.history.length, truncated: context.truncated }
  const open = { turn, step: 'prepare', fence: opened.fence, failures: opened.failures }
  await commitStep(open, { kind: 'plain', value: JSON.stringify({ ...plan, history: seen }) })
  return plan
}
