/** Whether each part that the app needs serves right now. Says so in words without addresses, keys or values: anybody may ask. */
import 'server-only'
import { api } from '../../convex/_generated/api.js'
import { inngest } from '../../inngest/client.ts'
import { keyHost } from '../clerk/keyHost.ts'
import { ConvexUnreachable, serviceQuery } from '../convex/serviceClient.ts'
import { type Env, EnvError, requireEnv } from '../env.ts'
import { namesOf } from '../model/models.ts'
import { probeOf } from '../model/probeOf.ts'

export interface PartState {
  status: 'ok' | 'down'
  /** How long the answer took. */
  ms: number
  /** What is wrong, without secrets. */
  detail?: string
}
export const partNames = ['app', 'clerk', 'convex', 'inngest', 'model'] as const
export type PartName = (typeof partNames)[number]
export type Health = { status: 'ok' | 'down'; parts: Record<PartName, PartState> }

/** A part that takes longer does not serve a chat. */
const TIMEOUT_MS = 2_000

/** A reason that may be shown. */
class PartDown extends Error {}

async function answers(url: string, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(url, { headers, cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) })
  await response.body?.cancel()
  if (response.status === 401 || response.status === 403) throw new PartDown('our key is refused')
  if (response.status >= 500) throw new PartDown(`answers HTTP ${response.status}`)
}

function clerkAddress(env: Pick<Env, 'CLERK_FAPI_URL' | 'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY'>): string {
  return env.CLERK_FAPI_URL || `https://${keyHost(env.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY)}`
}

/** None of these costs anything, and none changes anything. */
const checks: Record<PartName, (env: Env) => Promise<void>> = {
  app: async () => undefined,
  clerk: (env) => answers(`${clerkAddress(env)}/.well-known/jwks.json`),
  async convex() {
    // Also proves that our identity is believed and our functions are deployed.
    await serviceQuery(api.service.health.ping, {}, { patienceMs: 0, timeoutMs: TIMEOUT_MS })
  },
  inngest: () => answers(new URL('/health', inngest.eventBaseUrl).href),
  model(env) {
    const { url, headers } = probeOf(namesOf(env)[0].provider, env)
    return answers(url, headers)
  },
}

function wordsFor(error: unknown): string {
  if (error instanceof PartDown) return error.message
  if (error instanceof EnvError) return `not configured: ${error.problems.map(({ name }) => name).join(', ')}`
  if (error instanceof ConvexUnreachable) return 'cannot be reached'
  if (error instanceof DOMException && error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS} ms`
  return error instanceof TypeError ? 'cannot be reached' : 'refuses our request'
}

async function checkPart(check: () => Promise<void>): Promise<PartState> {
  const startedAt = performance.now()
  const ms = () => Math.round(performance.now() - startedAt)
  try {
    await check()
    return { status: 'ok', ms: ms() }
  } catch (error) {
    return { status: 'down', ms: ms(), detail: wordsFor(error) }
  }
}

export async function checkParts(): Promise<Health> {
  const check = async (name: PartName) => [name, await checkPart(async () => checks[name](requireEnv()))] as const
  const states = await Promise.all(partNames.map(check))
  const parts = Object.fromEntries(states) as Record<PartName, PartState>
  return { status: states.every(([, { status }]) => status === 'ok') ? 'ok' : 'down', parts }
}

/** Anybody may ask, as often as they like: within this time all get the same answer, so that asking us is not asking five services. */
const SHARED_MS = 1_000
let shared: { health: Promise<Health>; until: number } | undefined

export function readHealth(now = Date.now()): Promise<Health> {
  if (!shared || now >= shared.until) shared = { health: checkParts(), until: now + SHARED_MS }
  return shared.health
}
