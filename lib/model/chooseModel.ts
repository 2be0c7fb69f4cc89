/** Which model answers: the first provider whose key or address is set. All through the AI SDK; nothing here knows what is local. */
import { createAnthropic } from '@ai-sdk/anthropic'
import { createGateway } from '@ai-sdk/gateway'
import { createGoogle } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModel } from 'ai'
import type { Env } from '../env.ts'

export type ModelEnv = Pick<
  Env,
  | 'AI_GATEWAY_API_KEY'
  | 'OPENAI_API_KEY'
  | 'ANTHROPIC_API_KEY'
  | 'GOOGLE_GENERATIVE_AI_API_KEY'
  | 'OPENAI_COMPATIBLE_BASE_URL'
  | 'OPENAI_COMPATIBLE_API_KEY'
  | 'OPENAI_COMPATIBLE_NAME'
  | 'MODEL'
>

export interface ChosenModel {
  model: LanguageModel
  provider: string
  id: string
  /**
   * How a reply that was cut at the time budget goes on: `prefill`, the reply so far stands last and the endpoint writes on from it;
   * `ask`, a note asks for the rest, since the provider refuses or ignores a reply at the end.
   */
  continuation: 'prefill' | 'ask'
  /** Where GET /api/health asks whether the provider serves and takes our key. It costs nothing there. */
  probe: { url: string; headers: Record<string, string> }
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

/** The environment has been checked to name at least one (lib/env.ts). */
export function chooseModel(env: ModelEnv): ChosenModel {
  if (env.AI_GATEWAY_API_KEY) {
    const apiKey = env.AI_GATEWAY_API_KEY
    const id = env.MODEL ?? 'openai/gpt-5.4-mini'
    const probe = { url: 'https://ai-gateway.vercel.sh/v1/models', headers: bearer(apiKey) }
    return { model: createGateway({ apiKey })(id), provider: 'AI Gateway', id, continuation: 'ask', probe }
  }
  if (env.OPENAI_API_KEY) {
    const apiKey = env.OPENAI_API_KEY
    const id = env.MODEL ?? 'gpt-5.4-mini'
    const probe = { url: 'https://api.openai.com/v1/models', headers: bearer(apiKey) }
    return { model: createOpenAI({ apiKey })(id), provider: 'OpenAI', id, continuation: 'ask', probe }
  }
  if (env.ANTHROPIC_API_KEY) {
    const apiKey = env.ANTHROPIC_API_KEY
    const id = env.MODEL ?? 'claude-sonnet-5'
    const headers = { 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' }
    const probe = { url: 'https://api.anthropic.com/v1/models', headers }
    return { model: createAnthropic({ apiKey })(id), provider: 'Anthropic', id, continuation: 'ask', probe }
  }
  if (env.GOOGLE_GENERATIVE_AI_API_KEY) {
    const apiKey = env.GOOGLE_GENERATIVE_AI_API_KEY
    const id = env.MODEL ?? 'gemini-3.5-flash'
    const probe = {
      url: 'https://generativelanguage.googleapis.com/v1beta/models',
      headers: { 'x-goog-api-key': apiKey },
    }
    return { model: createGoogle({ apiKey })(id), provider: 'Google', id, continuation: 'ask', probe }
  }
  const baseURL = env.OPENAI_COMPATIBLE_BASE_URL
  if (!baseURL) throw new Error('No model is configured. Run `npm run doctor` to see which variables would do.')
  const apiKey = env.OPENAI_COMPATIBLE_API_KEY
  const name = env.OPENAI_COMPATIBLE_NAME
  const id = env.MODEL ?? 'default'
  const provider = createOpenAICompatible({ name, baseURL, includeUsage: true, ...(apiKey ? { apiKey } : {}) })
  const probe = { url: `${baseURL.replace(/\/$/, '')}/models`, headers: apiKey ? bearer(apiKey) : {} }
  return { model: provider(id), provider: name, id, continuation: 'prefill', probe }
}
