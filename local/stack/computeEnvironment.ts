/** What each process is given as environment: pure, from ports, keys, the person's settings and what is real. */
import type { Profile } from '../kernel/runServer.ts'
import type { Ports } from './choosePorts.ts'
import type { Services, Settings } from './chooseServices.ts'
import { readConvexUrl } from './chooseServices.ts'
import { computeServiceJwks, type StackKeys } from './stackKeys.ts'

export interface LocalClerkKeys {
  publishableKey: string
  secretKey: string
  jwtKey: string
  webhookSecret: string
  issuer: string
}

export interface EnvironmentInput {
  ports: Ports
  keys: StackKeys
  /** Absent when Clerk is the real one. */
  clerkKeys?: LocalClerkKeys | undefined
  settings: Settings
  services: Services
  profile: Profile
  dataDir: string
  root: string
}

type Variables = Record<string, string>

export interface Environment {
  web: Variables
  clerk: Variables
  convex: Variables
  inngest: Variables
  model: Variables
  /** The Convex deployment's own variables, which its functions see. */
  convexFunctions: Variables
}

export const DEFAULT_SERVICE_ISSUER = 'https://nightshift.local/service'

/** The settings that have a value. */
function onlySet(settings: Settings): Variables {
  return Object.fromEntries(Object.entries(settings).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

/** What the real services are reached with. No stand-in is given any of it, only its own tuning. */
const serviceNames = new Set([
  'CLERK_SECRET_KEY',
  'CLERK_JWT_KEY',
  'CLERK_FAPI_URL',
  'CLERK_API_URL',
  'CLERK_WEBHOOK_SIGNING_SECRET',
  'CONVEX_URL',
  'CONVEX_SERVICE_PRIVATE_KEY',
  'INNGEST_EVENT_KEY',
  'INNGEST_SIGNING_KEY',
  'INNGEST_BASE_URL',
  'INNGEST_DEV',
])

/** A stand-in's own tuning: the settings with its prefix. */
function pickTuning(settings: Settings, prefix: RegExp): Variables {
  const tuning = Object.entries(onlySet(settings)).filter(([name]) => prefix.test(name) && !serviceNames.has(name))
  return Object.fromEntries(tuning)
}

/** A Clerk publishable key holds the address of its instance: `pk_…_` + base64 of `<host>$`. */
export function computeClerkIssuer(publishableKey: string): string {
  const encoded = publishableKey.split('_').slice(2).join('_')
  return `https://${Buffer.from(encoded, 'base64').toString('utf8').replace(/\$$/, '')}`
}

function computeClerkVariables({ clerkKeys, ports, settings }: EnvironmentInput): Variables {
  const pages = { NEXT_PUBLIC_CLERK_SIGN_IN_URL: '/sign-in', NEXT_PUBLIC_CLERK_SIGN_UP_URL: '/sign-up' }
  const quiet = { NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED: '1', NEXT_PUBLIC_CLERK_KEYLESS_DISABLED: '1' }
  if (!clerkKeys) return { ...pages, ...quiet, ...onlySet(settings) }
  const address = `http://127.0.0.1:${ports.clerk}`
  return {
    ...pages,
    ...quiet,
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: clerkKeys.publishableKey,
    CLERK_SECRET_KEY: clerkKeys.secretKey,
    CLERK_JWT_KEY: clerkKeys.jwtKey,
    // Relative on purpose: the browser reaches Clerk through the app's own origin.
    NEXT_PUBLIC_CLERK_PROXY_URL: '/__clerk',
    CLERK_FAPI_URL: address,
    CLERK_API_URL: address,
    CLERK_WEBHOOK_SIGNING_SECRET: clerkKeys.webhookSecret,
  }
}

function computeInngestVariables({ keys, ports, services }: EnvironmentInput): Variables {
  if (services.inngest === 'real') return {}
  return {
    INNGEST_BASE_URL: `http://127.0.0.1:${ports.inngest}`,
    INNGEST_EVENT_KEY: keys.inngestEventKey,
    INNGEST_SIGNING_KEY: keys.inngestSigningKey,
  }
}

/** The default, the one that stands in for it, and the one that reasons aloud. */
const localModels = 'nightshift-local,nightshift-spare,nightshift-thinker'

function computeModelVariables({ ports, services, settings }: EnvironmentInput): Variables {
  if (services.model === 'real') return {}
  return {
    OPENAI_COMPATIBLE_BASE_URL: `http://127.0.0.1:${ports.model}/v1`,
    OPENAI_COMPATIBLE_NAME: 'local',
    MODELS: settings['MODELS'] || localModels,
  }
}

export function computeEnvironment(input: EnvironmentInput): Environment {
  const { ports, keys, clerkKeys, settings, services, profile, dataDir, root } = input
  const origin = settings['APP_ORIGIN'] || `http://localhost:${ports.web}`
  const serviceKey = settings['CONVEX_SERVICE_PRIVATE_KEY'] || keys.servicePrivateKey
  const serviceIssuer = settings['SERVICE_ISSUER'] || DEFAULT_SERVICE_ISSUER
  const inngest = computeInngestVariables(input)
  const chosen = onlySet(settings)
  const common: Variables = {
    NIGHTSHIFT_PROFILE: profile,
    LOG_LEVEL: settings['LOG_LEVEL'] || 'info',
  }
  const issuer =
    settings['CLERK_JWT_ISSUER_DOMAIN'] ||
    clerkKeys?.issuer ||
    computeClerkIssuer(settings['NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY'] ?? '')
  const scale = settings['WATCHDOG_SCALE']

  return {
    web: {
      // Against paid Convex the product's own, slower default holds: each write costs.
      ...(services.convex === 'local' ? { TEXT_FLUSH_MS: '50' } : {}),
      ...(services.inngest === 'local' ? { INNGEST_RUN_URL: `http://127.0.0.1:${ports.inngest}/runs/{runId}` } : {}),
      INNGEST_DEV: '0',
      ...chosen,
      ...common,
      APP_ORIGIN: origin,
      ...computeClerkVariables(input),
      CONVEX_URL: services.convex === 'real' ? readConvexUrl(settings) : `http://127.0.0.1:${ports.convex}`,
      CONVEX_SERVICE_PRIVATE_KEY: serviceKey,
      SERVICE_ISSUER: serviceIssuer,
      ...inngest,
      ...computeModelVariables(input),
      NEXT_TELEMETRY_DISABLED: '1',
      // Next must not read .env files by itself: the launcher has read them, and decided.
      __NEXT_PROCESSED_ENV: 'true',
    },
    clerk: {
      ...pickTuning(settings, /^(CLERK_|LOCAL_SIGNUP)/),
      ...common,
      CLERK_PORT: String(ports.clerk),
      CLERK_DATA: `${dataDir}/clerk`,
      APP_ORIGIN: origin,
      CLERK_WEBHOOK_URL: `http://localhost:${ports.web}/api/webhooks/clerk`,
    },
    convex: {
      ...pickTuning(settings, /^CONVEX_/),
      ...common,
      CONVEX_PORT: String(ports.convex),
      CONVEX_SITE_PORT: String(ports.convexSite),
      CONVEX_DATA: `${dataDir}/convex`,
      CONVEX_FUNCTIONS: settings['CONVEX_FUNCTIONS'] || `${root}/convex`,
      CONVEX_FUNCTION_ENV: `${dataDir}/convex-functions.json`,
      CONVEX_ADMIN_KEY: keys.convexAdminKey,
    },
    inngest: {
      ...pickTuning(settings, /^INNGEST_/),
      ...common,
      ...inngest,
      INNGEST_PORT: String(ports.inngest),
      INNGEST_DATA: `${dataDir}/inngest`,
      INNGEST_APP_URLS: `http://localhost:${ports.web}/api/inngest`,
    },
    model: {
      ...pickTuning(settings, /^LOCAL_MODEL_/),
      ...common,
      MODEL_PORT: String(ports.model),
      MODEL_JOURNAL: `${dataDir}/model/journal.jsonl`,
    },
    convexFunctions: {
      CLERK_JWT_ISSUER_DOMAIN: issuer,
      SERVICE_ISSUER: serviceIssuer,
      SERVICE_JWKS: computeServiceJwks(serviceKey),
      INNGEST_EVENT_KEY: inngest['INNGEST_EVENT_KEY'] ?? settings['INNGEST_EVENT_KEY'] ?? '',
      INNGEST_EVENT_API: inngest['INNGEST_BASE_URL'] ?? settings['INNGEST_BASE_URL'] ?? 'https://inn.gs',
      ...(scale ? { WATCHDOG_SCALE: scale } : {}),
    },
  }
}
