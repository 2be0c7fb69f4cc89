/** Asks each real service whether it knows us. One short request each; never prints a key. */
import { probeOf } from '../lib/model/probeOf.ts'
import { readModelNames } from '../lib/model/readModelNames.ts'
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

/** Each provider of a model that is on offer. */
function probeModels(settings: Settings): Probe[] {
  const read = readModelNames(settings)
  const named = new Set(read.ok ? read.names.map(({ provider }) => provider) : [])
  return [...named].map((provider) => {
    const { url, headers, keyVariable } = probeOf(provider, settings)
    return { area: 'model', url, headers, refused: `refuses ${keyVariable}. Make a new key, and copy it again.` }
  })
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
  return [...probes, ...probeModels(settings)]
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
