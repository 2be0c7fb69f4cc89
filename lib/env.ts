/** The product's environment, parsed once and on first use: a build needs none of it. Server only, by its contents; scripts/doctor reads it too. */
import { z } from 'zod'
import { providers } from './model/providers.ts'
import { readModelNames } from './model/readModelNames.ts'

const url = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' })
const count = (fallback: number, least: number) => z.coerce.number().int().min(least).default(fallback)
/** Dollars in the environment, micros (millionths of a dollar) everywhere else. */
const dollars = z.coerce
  .number({ error: 'must be an amount of US dollars, such as 2.50' })
  .min(0, 'must not be below 0')
  .transform((amount) => Math.round(amount * 1_000_000))
  .optional()

const privateJwk = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a JSON Web Key, as JSON' })
      return z.NEVER
    }
  })
  .pipe(
    z.object(
      {
        kty: z.literal('EC'),
        crv: z.literal('P-256'),
        x: z.string(),
        y: z.string(),
        d: z.string(),
        kid: z.string().optional(),
        alg: z.literal('ES256').optional(),
      },
      { error: 'must be a private ES256 (P-256) JSON Web Key' },
    ),
  )

const schema = z.object({
  APP_ORIGIN: z
    .string()
    .default('http://localhost:3000')
    .transform((list) => list.split(',').map((one) => one.trim().replace(/\/$/, '')))
    .pipe(z.array(url).min(1)),
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: z.string().regex(/^pk_(test|live)_/, 'must begin with pk_test_ or pk_live_'),
  CLERK_SECRET_KEY: z.string().regex(/^sk_(test|live)_/, 'must begin with sk_test_ or sk_live_'),
  CLERK_JWT_KEY: z.string().optional(),
  NEXT_PUBLIC_CLERK_PROXY_URL: z.string().optional(),
  CLERK_FAPI_URL: url.optional(),
  CLERK_API_URL: url.optional(),
  CLERK_WEBHOOK_SIGNING_SECRET: z.string().startsWith('whsec_', 'must begin with whsec_'),
  NEXT_PUBLIC_CLERK_SIGN_IN_URL: z.string().default('/sign-in'),
  NEXT_PUBLIC_CLERK_SIGN_UP_URL: z.string().default('/sign-up'),
  CONVEX_URL: url,
  CONVEX_SERVICE_PRIVATE_KEY: privateJwk,
  SERVICE_ISSUER: url.default('https://nightshift.local/service'),
  INNGEST_BASE_URL: url.optional(),
  INNGEST_EVENT_KEY: z.string(),
  INNGEST_SIGNING_KEY: z.string(),
  /** Where people may look at a run. Absent: Inngest's own dashboard; with INNGEST_BASE_URL nowhere. */
  INNGEST_RUN_URL: z
    .string()
    .regex(/^https?:\/\/\S*\{runId\}\S*$/, 'must be an http(s) address with {runId} in it')
    .optional(),
  AI_GATEWAY_API_KEY: z.string().optional(),
  OPENAI_API_KEY: z.string().optional(),
  ANTHROPIC_API_KEY: z.string().optional(),
  GOOGLE_GENERATIVE_AI_API_KEY: z.string().optional(),
  OPENAI_COMPATIBLE_BASE_URL: url.optional(),
  OPENAI_COMPATIBLE_API_KEY: z.string().optional(),
  OPENAI_COMPATIBLE_NAME: z.string().default('openai-compatible'),
  MODEL: z.string().optional(),
  /** `provider:id` or an id of the first provider that is set, with commas between; the first is the default, the others stand in for it. */
  MODELS: z.string().optional(),
  /** What one person may spend on models, in US dollars; a day and a month are those of UTC. Absent: no limit. */
  BUDGET_DAY_USD: dollars,
  BUDGET_MONTH_USD: dollars,
  /** Pause between two writes of running text. Locally 50; paid Convex counts calls, so 250. */
  TEXT_FLUSH_MS: count(250, 1),
  /** A model step ends itself after this long and the next one continues: keep it under the host's limit for a request. */
  MODEL_STEP_BUDGET_MS: count(240_000, 100),
  /** Silence from the provider that counts as a stall. */
  MODEL_STALL_MS: count(60_000, 100),
  RATE_LIMIT_PER_MINUTE: count(30, 1),
  RATE_LIMIT_BURST: count(10, 1),
  /** What the tool readPage may read although it is not on the public internet, a company's wiki say: `host:port`, with commas between. */
  PAGE_READER_ALLOW: z
    .string()
    .default('')
    .transform((list) =>
      list
        .toLowerCase()
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    )
    .pipe(
      z.array(z.string().regex(/^(?:[^\s:/[\]]+|\[[0-9a-f:]+\]):\d{1,5}$/, 'must be host:port, with commas between')),
    )
    .transform((list): ReadonlySet<string> => new Set(list)),
})

export type Env = z.output<typeof schema>

/** Where each value that has no default comes from. */
const howToGet = {
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'Clerk dashboard → API keys → Publishable key.',
  CLERK_SECRET_KEY: 'Clerk dashboard → API keys → Secret keys.',
  CLERK_WEBHOOK_SIGNING_SECRET: 'Clerk dashboard → Webhooks → endpoint <app>/api/webhooks/clerk → Signing secret.',
  CONVEX_URL: 'Convex dashboard → Settings → URL (https://<name>.convex.cloud).',
  CONVEX_SERVICE_PRIVATE_KEY:
    'A private ES256 JSON Web Key of your own; its public half goes into SERVICE_JWKS of the Convex deployment.',
  INNGEST_EVENT_KEY: 'Inngest dashboard → Manage → Event keys (self-hosted: the --event-key it was started with).',
  INNGEST_SIGNING_KEY: 'Inngest dashboard → Manage → Signing key (self-hosted: the --signing-key it was started with).',
  MODELS:
    'Models with commas between, each as the provider names it, or with the provider before it (gateway:, openai:, anthropic:, google:, compatible:) when it is not the first one set.',
  OPENAI_COMPATIBLE_BASE_URL:
    'Set one of AI_GATEWAY_API_KEY, OPENAI_API_KEY, ANTHROPIC_API_KEY, GOOGLE_GENERATIVE_AI_API_KEY, or OPENAI_COMPATIBLE_BASE_URL (for example http://127.0.0.1:11434/v1 for Ollama).',
}

function whereFrom(name: string): string {
  const known: Record<string, string> = howToGet
  return known[name] ?? 'See “Using the real services” in README.md.'
}

export interface EnvProblem {
  name: string
  problem: string
  howToGet: string
}
export type ParsedEnv = { ok: true; env: Env } | { ok: false; problems: EnvProblem[] }

type Source = Record<string, string | undefined>

/** An empty value is an absent one: `KEY=` in a file means “not set”. */
function withoutEmpty(source: Source): Source {
  const entries = Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== '')
  return Object.fromEntries(entries)
}

/** All problems at once, so that setting up takes one round and not ten. Never repeats a value: they are secrets. */
export function parseEnv(source: Source): ParsedEnv {
  const given = withoutEmpty(source)
  const convexUrl = given['CONVEX_URL'] ?? given['NEXT_PUBLIC_CONVEX_URL']
  const parsed = schema.safeParse(convexUrl ? { ...given, CONVEX_URL: convexUrl } : given)
  const problems = (parsed.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0])
    return {
      name,
      problem: name in given ? issue.message : 'is not set',
      howToGet: whereFrom(name),
    }
  })
  if (!providers.some(({ variable }) => given[variable])) {
    const name = 'OPENAI_COMPATIBLE_BASE_URL'
    problems.push({ name, problem: 'is not set, nor the key of any model provider', howToGet: howToGet[name] })
  } else {
    const models = readModelNames(given)
    if (!models.ok) problems.push({ name: 'MODELS', problem: models.problem, howToGet: howToGet.MODELS })
  }
  return parsed.success && problems.length === 0 ? { ok: true, env: parsed.data } : { ok: false, problems }
}

export class EnvError extends Error {
  readonly problems: readonly EnvProblem[]
  constructor(problems: readonly EnvProblem[]) {
    const lines = problems.map(({ name, problem, howToGet }) => `  ${name} ${problem}. ${howToGet}`)
    super(`The environment is not complete:\n${lines.join('\n')}\nRun \`npm run doctor\` to check it again.`)
    this.name = 'EnvError'
    this.problems = problems
  }
}

let parsedOnce: Env | undefined

/** The parsed environment, or one error that lists everything missing. */
export function requireEnv(): Env {
  if (parsedOnce) return parsedOnce
  const parsed = parseEnv(process.env)
  if (!parsed.ok) throw new EnvError(parsed.problems)
  parsedOnce = parsed.env
  return parsedOnce
}

/** `next dev`. A build is never one of development, wherever it runs. */
export const isDevelopment = process.env.NODE_ENV === 'development'
