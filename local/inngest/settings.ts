/** The environment of the server, read once and checked. */
import { type Profile, readProfile, requireEnv } from '../kernel/runServer.ts'

export interface Settings {
  port: number
  /** Folder of the database. */
  dataDir: string
  profile: Profile
  /** With both keys the server is in cloud mode: calls are signed, requests must carry a key. */
  keys?: { event: string; signing: string } | undefined
  /** Serve URLs to register from. */
  appUrls: string[]
  /** Seeds the strict profile's unkindness. */
  seed: string
  /** Factor on backoff delays and on the fence's grace. */
  backoffScale: number
  /** The share of runs that are checkpointed, instead of the profile's. */
  checkpointing?: number | undefined
  /** Added to the clock: a test can start the server "tomorrow". */
  clockOffsetMs: number
  /** Ended runs and events are kept this long. */
  retentionMs: number
  maxInFlight: number
  /** Time between two looks at whether an app has changed its functions. */
  resyncMs: number
}

export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const event = env['INNGEST_EVENT_KEY'] ?? ''
  const signing = env['INNGEST_SIGNING_KEY'] ?? ''
  if ((event === '') !== (signing === '')) {
    throw new Error(
      'Set both INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY (calls are signed), or neither (open, for tests).',
    )
  }
  if (signing !== '' && !/^(signkey-\w+-)?([0-9a-f]{2})+$/i.test(signing)) {
    throw new Error('INNGEST_SIGNING_KEY must be hexadecimal, with or without a `signkey-…-` prefix.')
  }
  const profile = readProfile(env)
  return {
    ...(env['INNGEST_CHECKPOINTING'] ? { checkpointing: readNumber(env, 'INNGEST_CHECKPOINTING', 1) } : {}),
    port: readNumber(env, 'INNGEST_PORT', 8288),
    dataDir: requireEnv('INNGEST_DATA', env),
    profile,
    ...(event === '' ? {} : { keys: { event, signing } }),
    appUrls: readUrls(env['INNGEST_APP_URLS'] ?? ''),
    seed: env['INNGEST_SEED'] ?? '1',
    backoffScale: readNumber(env, 'INNGEST_BACKOFF_SCALE', 1),
    clockOffsetMs: readNumber(env, 'INNGEST_CLOCK_OFFSET_MS', 0),
    retentionMs: readNumber(env, 'INNGEST_RETENTION_DAYS', 7) * 86_400_000,
    maxInFlight: readNumber(env, 'INNGEST_MAX_IN_FLIGHT', 500),
    resyncMs: readNumber(env, 'INNGEST_RESYNC_MS', 5_000),
  }
}

function readUrls(text: string): string[] {
  const urls = text
    .split(',')
    .map((url) => url.trim())
    .filter((url) => url !== '')
  for (const url of urls) {
    if (!URL.canParse(url)) throw new Error(`INNGEST_APP_URLS names "${url}", which is not a URL.`)
  }
  return urls
}

function readNumber(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isFinite(value)) throw new Error(`${name} is "${text}"; it must be a number.`)
  return value
}
