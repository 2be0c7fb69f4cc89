/** Asks each configured app for its functions: at start until it answers, then now and then, in case it was redeployed. */
import type { Clock, Stop } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import type { CallIdentity, HttpRequest } from '../engine/buildCall.ts'
import type { Outcome, Transport } from '../engine/callApp.ts'
import { parseRegistration, type Registration } from '../protocol/functionConfig.ts'
import { parseJson } from '../protocol/json.ts'
import { encodeBody, signBody } from '../protocol/signature.ts'

export interface AppState {
  url: string
  registered: boolean
  /** Why it is not, or why its latest functions were refused. */
  problem?: string
}

export interface AppRegistrar {
  start(): void
  stop(): void
  states(): AppState[]
}

interface Deps {
  urls: string[]
  transport: Transport
  identity: CallIdentity
  clock: Clock
  log: Log
  resyncMs: number
  /** The app has answered with a registration this server accepts. */
  onRegistration: (registration: Registration) => void
}

/** A dev server may compile the route first. */
const giveUpMs = 60_000
const firstRetryMs = 250
const slowestRetryMs = 2_000

export function createAppRegistrar(deps: Deps): AppRegistrar {
  const { urls, transport, identity, clock, log, resyncMs } = deps
  const states = new Map<string, AppState>(
    urls.map((url) => [url, { url, registered: false, problem: 'not asked yet' }]),
  )
  const timers = new Map<string, Stop>()
  let stopped = false

  async function ask(url: string, failures: number): Promise<void> {
    const outcome = await transport.send(inBandRequest(url, identity), giveUpMs)
    if (stopped) return
    const problem = settle(url, outcome)
    const again = outcome.kind === 'answered' ? failures : failures + 1
    const waitMs =
      problem === undefined ? resyncMs : Math.min(firstRetryMs * 2 ** Math.min(failures, 10), slowestRetryMs)
    timers.set(
      url,
      clock.after(waitMs, () => void ask(url, problem === undefined ? 0 : Math.max(again, 1))),
    )
  }

  /** The problem, or undefined when the app is registered. */
  function settle(url: string, outcome: Outcome): string | undefined {
    const before = states.get(url)
    const problem = readOutcome(outcome)
    const known = before?.registered ?? false
    states.set(url, problem === undefined ? { url, registered: true } : { url, registered: known, problem })
    // Said once per change, not once per try.
    if (problem !== before?.problem && problem !== undefined)
      log[outcome.kind === 'answered' ? 'error' : 'debug']('app-not-registered', { url, problem })
    return problem
  }

  function readOutcome(outcome: Outcome): string | undefined {
    if (outcome.kind !== 'answered') return outcome.reason
    const { status, headers, body } = outcome.answer
    if (status !== 200) return `The app answered the registration with HTTP ${status}: ${body.slice(0, 300)}`
    // Without this header the app has registered out of band: its own POST to /fn/register told us everything.
    if (headers['x-inngest-sync-kind'] !== 'in_band')
      return headers['x-inngest-sdk'] ? undefined : 'The answer is not from the Inngest SDK.'
    const parsed = parseRegistration(parseJson(body))
    if (!parsed.ok) return parsed.refusals.join(' ')
    deps.onRegistration(parsed.registration)
    return undefined
  }

  return {
    start() {
      for (const url of urls) void ask(url, 0)
    },
    stop() {
      stopped = true
      for (const stop of timers.values()) stop()
    },
    states: () => [...states.values()],
  }
}

function inBandRequest(url: string, { signingKey, serverKind, wallNow }: CallIdentity): HttpRequest {
  const body = encodeBody({ url }, signingKey !== undefined)
  return {
    method: 'PUT',
    url,
    body,
    headers: {
      'content-type': 'application/json',
      'x-inngest-server-kind': serverKind,
      'x-inngest-sync-kind': 'in_band',
      ...(signingKey === undefined ? {} : { 'x-inngest-signature': signBody(body, signingKey, wallNow()) }),
    },
  }
}
