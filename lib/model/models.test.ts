import { describe, expect, it } from 'vitest'
import { chooseModel } from './chooseModel.ts'
import { describeModels, type ModelEnv } from './models.ts'
import { orderModels } from './orderModels.ts'

const local: ModelEnv = {
  AI_GATEWAY_API_KEY: undefined,
  OPENAI_API_KEY: undefined,
  ANTHROPIC_API_KEY: undefined,
  GOOGLE_GENERATIVE_AI_API_KEY: undefined,
  OPENAI_COMPATIBLE_BASE_URL: 'http://127.0.0.1:4400/v1',
  OPENAI_COMPATIBLE_API_KEY: undefined,
  OPENAI_COMPATIBLE_NAME: 'local',
  MODEL: undefined,
  MODELS: 'nightshift-local, nightshift-spare,nightshift-thinker',
}
const keys = { ...local, MODELS: undefined, OPENAI_API_KEY: 'sk-x', ANTHROPIC_API_KEY: 'sk-ant-x' }
const ids = (env: ModelEnv) => describeModels(env).map(({ id }) => id)

describe('the models on offer', () => {
  it('are those of MODELS in their order, with what they can do and cost', () => {
    const models = describeModels(local)
    expect(models.map(({ id }) => id)).toEqual(['nightshift-local', 'nightshift-spare', 'nightshift-thinker'])
    expect(models[0]).toMatchObject({ provider: 'local', label: 'nightshift-local', tools: true, reasoning: false })
    expect(models[2]).toMatchObject({ reasoning: true, price: { inputMicros: 6_000_000, outputMicros: 24_000_000 } })
  })

  it('hold no key', () => {
    expect(JSON.stringify(describeModels(keys))).not.toContain('sk-')
  })

  it('may come from several providers, named before the id; colons of the id itself stay', () => {
    const env = { ...keys, MODELS: 'anthropic:claude-sonnet-5,gpt-5.4-mini,compatible:llama3:8b,my:own' }
    expect(describeModels(env)).toMatchObject([
      { id: 'anthropic:claude-sonnet-5', provider: 'Anthropic', label: 'claude-sonnet-5', contextTokens: 1_000_000 },
      { id: 'gpt-5.4-mini', provider: 'OpenAI' },
      { id: 'compatible:llama3:8b', provider: 'local', label: 'llama3:8b' },
      { id: 'my:own', provider: 'OpenAI', label: 'my:own' },
    ])
  })

  it('without MODELS are MODEL, and behind it the usual model of each other provider with a key', () => {
    expect(ids({ ...local, MODELS: undefined, MODEL: 'llama3' })).toEqual(['llama3'])
    expect(ids({ ...keys, MODEL: 'gpt-5' })).toEqual(['gpt-5', 'anthropic:claude-sonnet-5'])
    expect(ids(keys)).toEqual(['gpt-5.4-mini', 'anthropic:claude-sonnet-5'])
  })

  it('name one twice only once', () => {
    expect(ids({ ...local, MODELS: 'a,b,a' })).toEqual(['a', 'b'])
  })

  it('show no price that is not known: an own endpoint may serve a known name at a price of its own', () => {
    const [mini, snapshot, gateway, own, unknown] = describeModels({
      ...keys,
      AI_GATEWAY_API_KEY: 'k',
      MODELS:
        'openai:gpt-5.4-mini,openai:gpt-5.4-mini-2026-03-17,openai/gpt-5.4-mini,compatible:gpt-5.4-mini,openai:gpt-5.4-minimal',
    })
    expect(mini?.price).toEqual({ inputMicros: 750_000, cachedMicros: 75_000, outputMicros: 4_500_000 })
    expect(snapshot?.price).toEqual(mini?.price)
    expect(gateway?.price).toEqual(mini?.price)
    expect(own).not.toHaveProperty('price')
    expect(unknown).not.toHaveProperty('price')
  })
})

describe('the order of a turn’s models', () => {
  it('begins with the wanted one; an unknown one is as if none were wanted', () => {
    expect(orderModels(local, undefined)).toEqual(['nightshift-local', 'nightshift-spare', 'nightshift-thinker'])
    expect(orderModels(local, 'nightshift-thinker')).toEqual([
      'nightshift-thinker',
      'nightshift-local',
      'nightshift-spare',
    ])
    expect(orderModels(local, 'removed-last-week')).toEqual(orderModels(local, undefined))
  })

  it('ends after five, so that the tries of all fit into one run', () => {
    expect(orderModels({ ...local, MODELS: 'a,b,c,d,e,f' }, 'f')).toEqual(['f', 'a', 'b', 'c', 'd'])
  })
})

describe('choosing one', () => {
  it('gives the default for none and for one that is gone', () => {
    expect(chooseModel(local).id).toBe('nightshift-local')
    expect(chooseModel(local, 'gone').id).toBe('nightshift-local')
    expect(chooseModel(local, 'nightshift-spare').id).toBe('nightshift-spare')
  })

  it('asks each model of its own provider', () => {
    const env = { ...keys, MODELS: 'gpt-5.4-mini,anthropic:claude-sonnet-5' }
    const providerOf = (id?: string) => {
      const { model } = chooseModel(env, id)
      return typeof model === 'string' ? model : model.provider
    }
    expect(providerOf()).toMatch(/^openai/)
    expect(providerOf('anthropic:claude-sonnet-5')).toMatch(/^anthropic/)
  })
})
