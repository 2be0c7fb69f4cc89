/** Where a provider says whether it serves and takes our key, for nothing: `GET /api/health` and `npm run doctor` ask there. Pure. */
import type { ProviderName } from './providers.ts'
import type { ModelSettings } from './readModelNames.ts'

export interface Probe {
  url: string
  headers: Record<string, string>
  /** The variable of the key that it may refuse. */
  keyVariable: string
}

type Settings = ModelSettings & { OPENAI_COMPATIBLE_API_KEY?: string | undefined }

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

const probes: Record<ProviderName, (settings: Settings) => Probe> = {
  // It lists its models to everybody: only what it says of an account needs the key.
  gateway: ({ AI_GATEWAY_API_KEY: key = '' }) => ({
    url: 'https://ai-gateway.vercel.sh/v1/credits',
    headers: bearer(key),
    keyVariable: 'AI_GATEWAY_API_KEY',
  }),
  openai: ({ OPENAI_API_KEY: key = '' }) => ({
    url: 'https://api.openai.com/v1/models',
    headers: bearer(key),
    keyVariable: 'OPENAI_API_KEY',
  }),
  anthropic: ({ ANTHROPIC_API_KEY: key = '' }) => ({
    url: 'https://api.anthropic.com/v1/models',
    headers: { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
    keyVariable: 'ANTHROPIC_API_KEY',
  }),
  google: ({ GOOGLE_GENERATIVE_AI_API_KEY: key = '' }) => ({
    url: 'https://generativelanguage.googleapis.com/v1beta/models',
    headers: { 'x-goog-api-key': key },
    keyVariable: 'GOOGLE_GENERATIVE_AI_API_KEY',
  }),
  compatible: ({ OPENAI_COMPATIBLE_BASE_URL: base = '', OPENAI_COMPATIBLE_API_KEY: key }) => ({
    url: `${base.replace(/\/$/, '')}/models`,
    headers: key ? bearer(key) : {},
    keyVariable: 'OPENAI_COMPATIBLE_API_KEY',
  }),
}

export function probeOf(provider: ProviderName, settings: Settings): Probe {
  return probes[provider](settings)
}
