/** The model behind an id, through the AI SDK. Nothing here knows what is local. */
import { createAnthropic } from '@ai-sdk/anthropic'
import { createGateway } from '@ai-sdk/gateway'
import { createGoogle } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModel } from 'ai'
import { capabilitiesOf } from './capabilityTable.ts'
import { type ModelEnv, namesOf } from './models.ts'
import { type Price, priceOf } from './priceTable.ts'
import type { ProviderName } from './providers.ts'
import type { ModelName } from './readModelNames.ts'

interface Reached {
  model: LanguageModel
  /**
   * How a reply that was cut at the time budget goes on: `prefill`, the reply so far stands last and the endpoint writes on from it;
   * `ask`, a note asks for the rest, since the provider refuses or ignores a reply at the end.
   */
  continuation: 'prefill' | 'ask'
}

export interface ChosenModel extends Reached {
  /** As in describeModels. */
  id: string
  price: Price | undefined
  /** May call tools. */
  tools: boolean
}

function keyOf(
  env: ModelEnv,
  name:
    | 'AI_GATEWAY_API_KEY'
    | 'OPENAI_API_KEY'
    | 'ANTHROPIC_API_KEY'
    | 'GOOGLE_GENERATIVE_AI_API_KEY'
    | 'OPENAI_COMPATIBLE_BASE_URL',
) {
  const value = env[name]
  if (!value) throw new Error(`${name} is not set, and a model needs it. Run \`npm run doctor\` to see what would do.`)
  return value
}

const reach: Record<ProviderName, (env: ModelEnv, modelId: string) => Reached> = {
  gateway(env, modelId) {
    const apiKey = keyOf(env, 'AI_GATEWAY_API_KEY')
    return { model: createGateway({ apiKey })(modelId), continuation: 'ask' }
  },
  openai(env, modelId) {
    const apiKey = keyOf(env, 'OPENAI_API_KEY')
    return { model: createOpenAI({ apiKey })(modelId), continuation: 'ask' }
  },
  anthropic(env, modelId) {
    const apiKey = keyOf(env, 'ANTHROPIC_API_KEY')
    return { model: createAnthropic({ apiKey })(modelId), continuation: 'ask' }
  },
  google(env, modelId) {
    const apiKey = keyOf(env, 'GOOGLE_GENERATIVE_AI_API_KEY')
    return { model: createGoogle({ apiKey })(modelId), continuation: 'ask' }
  },
  compatible(env, modelId) {
    const baseURL = keyOf(env, 'OPENAI_COMPATIBLE_BASE_URL')
    const apiKey = env.OPENAI_COMPATIBLE_API_KEY
    const name = env.OPENAI_COMPATIBLE_NAME
    const provider = createOpenAICompatible({ name, baseURL, includeUsage: true, ...(apiKey ? { apiKey } : {}) })
    return { model: provider(modelId), continuation: 'prefill' }
  },
}

/** By the settings it was made with: a client is made once, and used for every call. */
const opened = new WeakMap<ModelEnv, Map<string, ChosenModel>>()

function open(env: ModelEnv, name: ModelName): ChosenModel {
  const known = opened.get(env) ?? new Map<string, ChosenModel>()
  opened.set(env, known)
  const chosen = known.get(name.id) ?? {
    ...reach[name.provider](env, name.modelId),
    id: name.id,
    price: priceOf(name),
    tools: capabilitiesOf(name).tools,
  }
  known.set(name.id, chosen)
  return chosen
}

/** Without an id, or with one that is not on offer any more: the default. */
export function chooseModel(env: ModelEnv, id?: string): ChosenModel {
  const names = namesOf(env)
  return open(env, names.find((name) => name.id === id) ?? names[0])
}
