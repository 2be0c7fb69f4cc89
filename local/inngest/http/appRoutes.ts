/** What the SDK calls: registration out of band, and checkpoints. And `GET /health`, for whoever started the server. */
import { checkpoint } from '../engine/checkpoint.ts'
import type { Core } from '../engine/core.ts'
import { parseRegistration, type Registration } from '../protocol/functionConfig.ts'
import { parseJson } from '../protocol/json.ts'
import type { AppState } from '../sync/registerApps.ts'
import { type Answer, type Asked, type Route, refusal } from './route.ts'

interface Options {
  serverKind: 'cloud' | 'dev'
  /** False when nothing has changed. */
  onRegistration: (registration: Registration) => boolean
  appStates: () => AppState[]
  inFlight: () => number
  kick: () => void
}

export function appRoutes(core: Core, options: Options): Route[] {
  const { apps, queue, log } = core

  function register({ headers, body }: Asked): Answer {
    const expected = headers['x-inngest-expected-server-kind']
    if (expected !== undefined && expected !== options.serverKind) {
      return refusal(400, `The app expects a server of kind "${expected}"; this one is "${options.serverKind}".`)
    }
    const parsed = parseRegistration(parseJson(body))
    if (!parsed.ok) {
      const error = parsed.refusals.join(' ')
      log.error('registration-refused', { error })
      return refusal(400, error)
    }
    return { status: 200, body: { ok: true, modified: options.onRegistration(parsed.registration) } }
  }

  function health(): Answer {
    const functions = apps.all().flatMap((fn) => (fn.archived ? [] : [fn.slug]))
    const known = apps.apps().map(({ name, url }) => ({ name, url }))
    const state = {
      apps: known,
      functions,
      appUrls: options.appStates(),
      queue: queue.count(),
      inFlight: options.inFlight(),
    }
    return { status: 200, body: { status: 'ok', ...state } }
  }

  return [
    { method: 'GET', path: '/health', access: 'open', handle: health },
    { method: 'POST', path: '/fn/register', access: 'signing-key', handle: register },
    {
      method: 'POST',
      path: '/v1/checkpoint/:run/async',
      access: 'signing-key',
      handle: ({ params, body }) => {
        const reply = checkpoint(core, params['run'] ?? '', parseJson(body))
        options.kick()
        return reply
      },
    },
  ]
}
