/** Asks each real service whether it knows us. One short request each; never prints a key. */
import { chooseServices, readConvexUrl, type Settings } from '../local/stack/chooseServices.ts'
import type { Finding } from './checkSettings.ts'

interface Probe {
  area: string
  url: string
  headers?: Record<string, string>
  /** Said when the service answers 401 or 403. */
  refused: string
}

const PATIENCE_MS = 5_000

function probeModel(settings: Settings): Probe | undefined {
  const key = (name: string) => settings[name] || undefined
  const refused = (name: string) => `refuses ${name}. Make a new key, and copy it again.`
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const gateway = key('AI_GATEWAY_API_KEY')
  if (gateway) {
    return {
      area: 'model',
      url: 'https://ai-gateway.vercel.sh/v1/credits',
      headers: bearer(gateway),
      refused: refused('AI_GATEWAY_API_KEY'),
    }
  }
  const openai = key('OPENAI_API_KEY')
  if (openai)
    return {
      area: 'model',
      url: 'https://api.openai.com/v1/models',
      headers: bearer(openai),
      refused: refused('OPENAI_API_KEY'),
    }
  const anthropic = key('ANTHROPIC_API_KEY')
  if (anthropic) {
    const headers = { 'x-api-key': anthropic, 'anthropic-version': '2023-06-01' }
    return { area: 'model', url: 'https://api.anthropic.com/v1/models', headers, refused: refused('ANTHROPIC_API_KEY') }
  }
  const google = key('GOOGLE_GENERATIVE_AI_API_KEY')
  if (google) {
    const headers = { 'x-goog-api-key': google }
    return {
      area: 'model',
      url: 'https://generativelanguage.googleapis.com/v1beta/models',
      headers,
      refused: refused('GOOGLE_GENERATIVE_AI_API_KEY'),
    }
  }
  const base = key('OPENAI_COMPATIBLE_BASE_URL')
  if (!base) return undefined
  const token = key('OPENAI_COMPATIBLE_API_KEY')
  return {
    area: 'model',
    url: `${base.replace(/\/$/, '')}/models`,
    headers: token ? bearer(token) : {},
    refused: refused('OPENAI_COMPATIBLE_API_KEY'),
  }
}

function listProbes(settings: Settings): Probe[] {
  const services = chooseServices(settings)
  const probes: Probe[] = []
  if (services.clerk === 'real') {
    const headers = { authorization: `Bearer ${settings['CLERK_SECRET_KEY']}` }
    const url = `${settings['CLERK_API_URL'] || 'https://api.clerk.com'}/v1/jwks`
    probes.push({
      area: 'clerk',
      url,
      headers,
      refused: 'refuses CLERK_SECRET_KEY. Copy it from the dashboard, API keys.',
    })
  }
  if (services.convex === 'real') {
    probes.push({
      area: 'convex',
      url: `${readConvexUrl(settings)}/version`,
      refused: 'refuses us. Is the address right?',
    })
  }
  if (services.inngest === 'real') {
    const base = settings['INNGEST_BASE_URL'] || 'https://api.inngest.com'
    const headers = { authorization: `Bearer ${settings['INNGEST_SIGNING_KEY']}` }
    probes.push({
      area: 'inngest',
      url: `${base}/v1/events?limit=1`,
      headers,
      refused: 'refuses INNGEST_SIGNING_KEY. Copy it from the dashboard, Signing key.',
    })
  }
  const model = probeModel(settings)
  return model ? [...probes, model] : probes
}

async function ask({ area, url, headers = {}, refused }: Probe): Promise<Finding> {
  const { host } = new URL(url)
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MS) })
    await response.body?.cancel()
    if (response.status === 401 || response.status === 403) return { area, ok: false, text: `${host} ${refused}` }
    if (response.status >= 500)
      return { area, ok: false, text: `${host} answers ${response.status}: it has trouble. Try again later.` }
    return { area, ok: true, text: `${host} answers` }
  } catch (error) {
    const why = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    return {
      area,
      ok: false,
      text: `${host} cannot be reached (${why}). Is the address right, and this machine online?`,
    }
  }
}

export const probeServices = (settings: Settings): Promise<Finding[]> => Promise.all(listProbes(settings).map(ask))
