/** The model providers, in the order in which they are looked for: the first that is set is the first one. Data only: the SDKs are in chooseModel.ts. */

export const providers = [
  { name: 'gateway', label: 'AI Gateway', variable: 'AI_GATEWAY_API_KEY', model: 'openai/gpt-5.4-mini' },
  { name: 'openai', label: 'OpenAI', variable: 'OPENAI_API_KEY', model: 'gpt-5.4-mini' },
  { name: 'anthropic', label: 'Anthropic', variable: 'ANTHROPIC_API_KEY', model: 'claude-sonnet-5' },
  { name: 'google', label: 'Google', variable: 'GOOGLE_GENERATIVE_AI_API_KEY', model: 'gemini-3.5-flash' },
  { name: 'compatible', label: 'OpenAI-compatible', variable: 'OPENAI_COMPATIBLE_BASE_URL', model: 'default' },
] as const

export type ProviderName = (typeof providers)[number]['name']
