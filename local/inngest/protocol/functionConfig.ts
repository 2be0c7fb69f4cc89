/** What an app registers: parsed, and refused by name where it asks for more than this server does. */
import { createHash } from 'node:crypto'
import { parseDuration } from './duration.ts'
import { isObject, type Json, type JsonObject, textOf } from './json.ts'
import { isSupportedKey } from './keyExpression.ts'

export interface Trigger {
  event: string
  /** Set on the trigger of an `onFailure` handler: only this function's failures start it. */
  failedFunction?: string
}

export interface ConcurrencyLimit {
  limit: number
  scope: 'fn' | 'env' | 'account'
  key?: string
}

export interface FunctionConfig {
  /** `<app>-<function>`. */
  slug: string
  name: string
  url: string
  triggers: Trigger[]
  maxAttempts: number
  concurrency: ConcurrencyLimit[]
  startTimeoutMs?: number
  finishTimeoutMs?: number
}

export interface Registration {
  app: string
  url: string
  sdk: string
  framework: string
  checksum: string
  functions: FunctionConfig[]
}

export type ParsedRegistration = { ok: true; registration: Registration } | { ok: false; refusals: string[] }

/** Collects every complaint, so that a developer sees them all at once. */
type Refuse = (sentence: string) => undefined

const defaultRetries = 4
const mostRetries = 20
const understood = new Set(['id', 'name', 'triggers', 'steps', 'concurrency', 'timeouts'])

/** Reads both forms: the out-of-band body (`appName`) and the in-band answer (`app_id`). */
export function parseRegistration(body: Json | undefined): ParsedRegistration {
  const refusals: string[] = []
  const refuse: Refuse = (sentence) => {
    refusals.push(sentence)
    return undefined
  }
  if (!isObject(body)) return { ok: false, refusals: ['The registration is not a JSON object.'] }
  const app = textOf(body['appName']) ?? textOf(body['app_id'])
  const url = textOf(body['url'])
  if (app === undefined) refuse('The registration names no app (`appName` or `app_id`).')
  if (url === undefined) refuse('The registration has no `url`.')
  const list = Array.isArray(body['functions']) ? body['functions'] : []
  const functions = list.flatMap((raw) => parseFunction(raw, refuse) ?? [])
  if (refusals.length > 0 || app === undefined || url === undefined) return { ok: false, refusals }
  const checksum = createHash('sha256')
    .update(JSON.stringify([app, url, functions]))
    .digest('hex')
  const sdk = textOf(body['sdk']) ?? 'unknown'
  const framework = textOf(body['framework']) ?? 'unknown'
  return { ok: true, registration: { app, url, sdk, framework, checksum, functions } }
}

function parseFunction(raw: Json, refuse: Refuse): FunctionConfig | undefined {
  if (!isObject(raw)) return refuse('A function is not an object.')
  const slug = textOf(raw['id'])
  if (slug === undefined) return refuse('A function has no id.')
  for (const [setting, value] of Object.entries(raw)) {
    if (understood.has(setting) || value === null || (Array.isArray(value) && value.length === 0)) continue
    refuse(`Function "${slug}" uses \`${setting}\`, which the local Inngest server does not have.`)
  }
  const url = stepUrl(raw['steps'])
  if (url === undefined) return refuse(`Function "${slug}" has no step with an http(s) \`runtime.url\`.`)
  return {
    slug,
    url,
    name: textOf(raw['name']) ?? slug,
    triggers: parseTriggers(raw['triggers'], slug, refuse),
    maxAttempts: parseRetries(raw['steps']) + 1,
    concurrency: parseConcurrency(raw['concurrency'], slug, refuse),
    ...parseTimeouts(raw['timeouts'], slug, refuse),
  }
}

function stepOf(steps: Json | undefined): JsonObject {
  const step = isObject(steps) ? steps['step'] : undefined
  return isObject(step) ? step : {}
}

function stepUrl(steps: Json | undefined): string | undefined {
  const runtime = stepOf(steps)['runtime']
  const url = isObject(runtime) ? textOf(runtime['url']) : undefined
  return url !== undefined && URL.canParse(url) && /^https?:/.test(url) ? url : undefined
}

function parseRetries(steps: Json | undefined): number {
  const retries = stepOf(steps)['retries']
  const attempts = isObject(retries) ? retries['attempts'] : undefined
  return typeof attempts === 'number' && attempts >= 0 ? Math.min(Math.trunc(attempts), mostRetries) : defaultRetries
}

function parseTriggers(raw: Json | undefined, slug: string, refuse: Refuse): Trigger[] {
  return (Array.isArray(raw) ? raw : []).flatMap((trigger) => parseTrigger(trigger, slug, refuse) ?? [])
}

function parseTrigger(raw: Json, slug: string, refuse: Refuse): Trigger | undefined {
  if (!isObject(raw)) return refuse(`Function "${slug}" has a trigger that is not an object.`)
  if ('cron' in raw)
    return refuse(`Function "${slug}" has a cron trigger, which the local Inngest server does not have.`)
  const event = textOf(raw['event'])
  if (event === undefined) return refuse(`Function "${slug}" has a trigger without an event name.`)
  if (event.includes('*'))
    return refuse(`Function "${slug}" listens to "${event}": wildcards are not supported locally.`)
  const expression = textOf(raw['expression'])
  if (expression === undefined) return { event }
  const failed = /^event\.data\.function_id == (?:'([^'\\]+)'|"([^"\\]+)")$/.exec(expression)
  const failedFunction = failed?.[1] ?? failed?.[2]
  if (event === 'inngest/function.failed' && failedFunction !== undefined) return { event, failedFunction }
  return refuse(
    `Function "${slug}" has the trigger expression \`${expression}\`: only onFailure's is supported locally.`,
  )
}

function parseConcurrency(raw: Json | undefined, slug: string, refuse: Refuse): ConcurrencyLimit[] {
  if (raw === undefined || raw === null) return []
  const entries = Array.isArray(raw) ? raw : [raw]
  if (entries.length > 2) refuse(`Function "${slug}" has ${entries.length} concurrency entries; Inngest allows two.`)
  return entries.flatMap(
    (entry) => parseLimit(typeof entry === 'number' ? { limit: entry } : entry, slug, refuse) ?? [],
  )
}

function parseLimit(raw: Json, slug: string, refuse: Refuse): ConcurrencyLimit | undefined {
  if (!isObject(raw) || typeof raw['limit'] !== 'number') {
    return refuse(`Function "${slug}" has a concurrency entry without a numeric \`limit\`.`)
  }
  // Zero means "no limit" to Inngest, not "none at all".
  if (raw['limit'] <= 0) return undefined
  const key = textOf(raw['key'])
  if (key !== undefined && !isSupportedKey(key)) {
    return refuse(
      `Function "${slug}" has the concurrency key \`${key}\`; supported are event paths, quoted text and \`+\`.`,
    )
  }
  const scope = raw['scope'] === 'env' || raw['scope'] === 'account' ? raw['scope'] : 'fn'
  return { limit: Math.trunc(raw['limit']), scope, ...(key === undefined ? {} : { key }) }
}

function parseTimeouts(raw: Json | undefined, slug: string, refuse: Refuse) {
  if (!isObject(raw)) return {}
  const read = (name: string): number | undefined => {
    const text = textOf(raw[name])
    if (text === undefined) return undefined
    return (
      parseDuration(text) ?? refuse(`Function "${slug}" has the ${name} timeout "${text}", which is not a duration.`)
    )
  }
  const startTimeoutMs = read('start')
  const finishTimeoutMs = read('finish')
  return {
    ...(startTimeoutMs === undefined ? {} : { startTimeoutMs }),
    ...(finishTimeoutMs === undefined ? {} : { finishTimeoutMs }),
  }
}
