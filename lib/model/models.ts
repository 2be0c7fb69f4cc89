/** The models on offer, as the interface lists them and plans name them. Plain data: no key is in it. */
import type { Env } from '../env.ts'
import { type Capabilities, capabilitiesOf } from './capabilityTable.ts'
import { type Price, priceOf } from './priceTable.ts'
import { providers } from './providers.ts'
import { type ModelName, readModelNames } from './readModelNames.ts'

export interface Model extends Capabilities {
  id: string
  /** For people. */
  provider: string
  label: string
  /** Absent: not known. */
  price?: Price
}

export type ModelEnv = Pick<
  Env,
  (typeof providers)[number]['variable'] | 'OPENAI_COMPATIBLE_API_KEY' | 'OPENAI_COMPATIBLE_NAME' | 'MODEL' | 'MODELS'
>

/** The environment has been checked (lib/env.ts): what is wrong here is a fault of ours. */
export function namesOf(env: ModelEnv): [ModelName, ...ModelName[]] {
  const read = readModelNames(env)
  if (!read.ok) throw new Error(`MODELS ${read.problem}. Run \`npm run doctor\` to see which variables would do.`)
  return read.names
}

function describe(env: ModelEnv, name: ModelName): Model {
  const provider =
    name.provider === 'compatible'
      ? env.OPENAI_COMPATIBLE_NAME
      : (providers.find((one) => one.name === name.provider)?.label ?? name.provider)
  const price = priceOf(name)
  return { id: name.id, provider, label: name.modelId, ...capabilitiesOf(name), ...(price ? { price } : {}) }
}

/** The first is the default. */
export function describeModels(env: ModelEnv): Model[] {
  return namesOf(env).map((name) => describe(env, name))
}

/** Every provider there could be, and whether this server has been set up for it. Names only. */
export function describeProviders(env: ModelEnv): { label: string; isSet: boolean }[] {
  return providers.map(({ name, label, variable }) => ({
    label: name === 'compatible' && env[variable] !== undefined ? env.OPENAI_COMPATIBLE_NAME : label,
    isSet: env[variable] !== undefined,
  }))
}
