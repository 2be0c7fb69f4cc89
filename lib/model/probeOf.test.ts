import { expect, it } from 'vitest'
import { probeOf } from './probeOf.ts'
import { providers } from './providers.ts'

const settings = {
  AI_GATEWAY_API_KEY: 'the-key',
  OPENAI_API_KEY: 'the-key',
  ANTHROPIC_API_KEY: 'the-key',
  GOOGLE_GENERATIVE_AI_API_KEY: 'the-key',
  OPENAI_COMPATIBLE_BASE_URL: 'http://127.0.0.1:4/v1/',
  OPENAI_COMPATIBLE_API_KEY: 'the-key',
}

it('shows each provider its own key, and only in a header', () => {
  for (const { name } of providers) {
    const { url, headers, keyVariable } = probeOf(name, settings)
    expect(Object.values(headers).join(' '), name).toContain('the-key')
    expect(url, name).not.toContain('the-key')
    expect(settings, name).toHaveProperty(keyVariable)
  }
})

it('asks the gateway where it wants the key: its list of models is open to everybody', () => {
  expect(probeOf('gateway', settings).url).toBe('https://ai-gateway.vercel.sh/v1/credits')
})

it('asks an endpoint of one’s own without a key when it has none', () => {
  const { OPENAI_COMPATIBLE_API_KEY: _, ...open } = settings
  expect(probeOf('compatible', open)).toMatchObject({ url: 'http://127.0.0.1:4/v1/models', headers: {} })
})
