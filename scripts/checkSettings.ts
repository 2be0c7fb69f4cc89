/** Looks at the settings for each service without asking anyone: is what is set well-formed, and does it fit together? Pure. */
import { type ProviderName, providers } from '../lib/model/providers.ts'
import { type ModelName, readModelNames } from '../lib/model/readModelNames.ts'
import { chooseServices, modelProviders, readConvexUrl, type Settings } from '../local/stack/chooseServices.ts'
import { computeClerkIssuer } from '../local/stack/computeEnvironment.ts'
import { StackError } from '../local/stack/stackError.ts'

export interface Finding {
  area: string
  ok: boolean
  /** What was found; when it is not ok, what to do. */
  text: string
}

const ok = (area: string, text: string): Finding => ({ area, ok: true, text })
const bad = (area: string, text: string): Finding => ({ area, ok: false, text })

const isSet = (settings: Settings, name: string) => (settings[name] ?? '') !== ''

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

export function checkClerk(settings: Settings): Finding[] {
  const publishable = settings['NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY'] ?? ''
  const secret = settings['CLERK_SECRET_KEY'] ?? ''
  if (publishable === '' && secret === '') return [ok('clerk', 'local stand-in')]
  const findings: Finding[] = []
  const mode = /^pk_(test|live)_/.exec(publishable)?.[1]
  const host = mode === undefined ? '' : computeClerkIssuer(publishable).replace('https://', '')
  if (mode === undefined || !/^[\w-]+(\.[\w-]+)+$/.test(host)) {
    findings.push(
      bad(
        'clerk',
        'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY is not a publishable key. Copy it from the dashboard, API keys: pk_test_… or pk_live_…',
      ),
    )
  } else findings.push(ok('clerk', `real Clerk at ${host}`))
  const secretMode = /^sk_(test|live)_\w+$/.exec(secret)?.[1]
  if (secretMode === undefined) {
    findings.push(
      bad(
        'clerk',
        'CLERK_SECRET_KEY is not a secret key. Copy it from the dashboard, API keys: sk_test_… or sk_live_…',
      ),
    )
  } else if (mode !== undefined && mode !== secretMode) {
    findings.push(
      bad(
        'clerk',
        `The publishable key is a ${mode} key, the secret key a ${secretMode} key. Take both from the same instance.`,
      ),
    )
  }
  if (!/^whsec_[A-Za-z0-9+/=]+$/.test(settings['CLERK_WEBHOOK_SIGNING_SECRET'] ?? '')) {
    findings.push(
      bad(
        'clerk',
        'CLERK_WEBHOOK_SIGNING_SECRET (whsec_…) is not set: a deleted account would keep its rows. Add a webhook endpoint for <app>/api/webhooks/clerk with user.created, user.updated and user.deleted.',
      ),
    )
  }
  return findings
}

export function checkConvex(settings: Settings): Finding[] {
  const url = readConvexUrl(settings)
  if (url === '') return [ok('convex', 'local stand-in')]
  if (!isHttpUrl(url))
    return [
      bad(
        'convex',
        `CONVEX_URL is "${url}", which is not an http(s) address. Copy it from the dashboard: https://….convex.cloud`,
      ),
    ]
  if (/\.convex\.site\/?$/.test(url))
    return [
      bad(
        'convex',
        'CONVEX_URL ends in .convex.site, which serves HTTP actions. Use the address that ends in .convex.cloud',
      ),
    ]
  return [ok('convex', `real Convex at ${url}`)]
}

export function checkInngest(settings: Settings): Finding[] {
  if (!isSet(settings, 'INNGEST_EVENT_KEY') && !isSet(settings, 'INNGEST_SIGNING_KEY'))
    return [ok('inngest', 'local stand-in')]
  const findings: Finding[] = []
  const base = settings['INNGEST_BASE_URL'] ?? ''
  if (base !== '' && !isHttpUrl(base))
    findings.push(bad('inngest', `INNGEST_BASE_URL is "${base}", which is not an http(s) address.`))
  if (!/^(signkey-[a-z]+-)?[0-9a-f]{16,}$/i.test(settings['INNGEST_SIGNING_KEY'] ?? '')) {
    findings.push(
      bad(
        'inngest',
        'INNGEST_SIGNING_KEY is not a signing key: signkey-prod-… (or the hexadecimal key of a self-hosted server).',
      ),
    )
  }
  const dev = settings['INNGEST_DEV'] ?? '0'
  if (!/^(0|false|)$/i.test(dev))
    findings.push(bad('inngest', `INNGEST_DEV is "${dev}": calls would not be signed. Remove it.`))
  const runUrl = settings['INNGEST_RUN_URL'] ?? ''
  if (runUrl !== '' && !(isHttpUrl(runUrl) && runUrl.includes('{runId}')))
    findings.push(bad('inngest', `INNGEST_RUN_URL is "${runUrl}", which is not an http(s) address with {runId} in it.`))
  if (findings.length === 0)
    findings.push(ok('inngest', base === '' ? 'Inngest Cloud' : `self-hosted Inngest at ${base}`))
  return findings
}

const keyShapes: Record<string, RegExp> = {
  OPENAI_API_KEY: /^sk-/,
  ANTHROPIC_API_KEY: /^sk-ant-/,
  GOOGLE_GENERATIVE_AI_API_KEY: /^\S{20,}$/,
  AI_GATEWAY_API_KEY: /^\S{10,}$/,
}

export function checkModel(settings: Settings): Finding[] {
  const set = modelProviders.filter(({ variable }) => isSet(settings, variable))
  const [used, ...others] = set
  if (!used) return [ok('model', 'built-in scripted assistant'), ...checkBudgets(settings)]
  const findings: Finding[] = []
  const models = readModelNames(settings)
  if (!models.ok) findings.push(bad('model', `MODELS ${models.problem}.`))
  const value = settings[used.variable] ?? ''
  const shape = keyShapes[used.variable]
  if (used.variable === 'OPENAI_COMPATIBLE_BASE_URL' && !isHttpUrl(value)) {
    findings.push(
      bad(
        'model',
        `OPENAI_COMPATIBLE_BASE_URL is "${value}", which is not an http(s) address such as http://localhost:11434/v1`,
      ),
    )
  } else if (
    used.variable === 'OPENAI_COMPATIBLE_BASE_URL' &&
    !isSet(settings, 'MODEL') &&
    !isSet(settings, 'MODELS')
  ) {
    findings.push(
      bad('model', 'OPENAI_COMPATIBLE_BASE_URL is set, MODEL is not: name the model that the endpoint serves.'),
    )
  } else if (shape && !shape.test(value)) {
    findings.push(
      bad(
        'model',
        `${used.variable} does not look like a key of ${used.name}. Copy it again, without quotes or spaces.`,
      ),
    )
  } else if (models.ok) findings.push(ok('model', `in this order: ${models.names.map(describeName).join(', ')}`))
  const unused = others.filter(
    ({ variable }) => models.ok && !models.names.some(({ provider }) => isOf(provider, variable)),
  )
  if (unused.length > 0)
    findings.push(
      ok('model', `not used, because MODELS names none of it: ${unused.map(({ variable }) => variable).join(', ')}`),
    )
  return [...findings, ...checkBudgets(settings)]
}

const isOf = (provider: ProviderName, variable: string) =>
  providers.some((one) => one.name === provider && one.variable === variable)

const describeName = ({ provider, modelId }: ModelName) =>
  `${modelId} (${providers.find(({ name }) => name === provider)?.label ?? provider})`

function checkBudgets(settings: Settings): Finding[] {
  return ['BUDGET_DAY_USD', 'BUDGET_MONTH_USD'].flatMap((name) => {
    const amount = settings[name] ?? ''
    if (amount === '') return []
    return Number(amount) >= 0
      ? [ok('model', `${name}: each person may spend $${amount} where the price is known`)]
      : [bad('model', `${name} is "${amount}", which is not an amount of US dollars such as 2.50`)]
  })
}

/** Mixtures that cannot work, in the launcher's own words. */
export function checkMixture(settings: Settings): Finding[] {
  try {
    chooseServices(settings)
    return []
  } catch (error) {
    if (!(error instanceof StackError)) throw error
    return error.message.split('\n').map((text) => bad('together', text))
  }
}

export function checkSettings(settings: Settings): Finding[] {
  return [
    ...checkClerk(settings),
    ...checkConvex(settings),
    ...checkInngest(settings),
    ...checkModel(settings),
    ...checkMixture(settings),
  ]
}
