/**
 * Reasons not to start. This provider hands out identities to anyone who can reach it, so it must never stand
 * where strangers are: not beside real Clerk keys, not on a hosting platform, not on a public address.
 */

/** Every secret key made here starts so; anything else came from the real service. */
export const LOCAL_SECRET_PREFIX = 'sk_live_local'

const hostingVariables = [
  'VERCEL',
  'NETLIFY',
  'FLY_APP_NAME',
  'RENDER',
  'RAILWAY_ENVIRONMENT',
  'DYNO',
  'KUBERNETES_SERVICE_HOST',
  'K_SERVICE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_EXECUTION_ENV',
  'CF_PAGES',
  'WEBSITE_INSTANCE_ID',
] as const

export interface Guarded {
  port: number
  appOrigins: readonly string[]
  webhookUrl?: string
}

/** All problems at once, each a sentence that says what to do. Empty means: may start. */
export function findProblems(env: NodeJS.ProcessEnv, config: Guarded): string[] {
  return [
    ...hostingProblems(env),
    ...keyProblems(env),
    ...addressProblems(env['CLERK_HOST'], config),
    ...originProblems(config.appOrigins),
  ]
}

function hostingProblems(env: NodeJS.ProcessEnv): string[] {
  // A development container may run on such a platform. Then a person says so, naming the very variable.
  const allowed = (env['CLERK_ALLOW_PLATFORM'] ?? '').split(',')
  return hostingVariables
    .filter((name) => env[name] && !allowed.includes(name))
    .map(
      (name) =>
        `${name} is set, so this looks like a hosting platform: use real Clerk keys there. ` +
        `(On a development container of your own: CLERK_ALLOW_PLATFORM=${name}.)`,
    )
}

function keyProblems(env: NodeJS.ProcessEnv): string[] {
  const problems: string[] = []
  const secret = env['CLERK_SECRET_KEY']
  if (secret && !secret.startsWith(LOCAL_SECRET_PREFIX)) {
    problems.push('CLERK_SECRET_KEY is a key of the real Clerk: with it the local one must not run. Unset one of them.')
  }
  for (const name of ['NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY', 'CLERK_PUBLISHABLE_KEY']) {
    const key = env[name]
    if (key && !isLoopbackName(publishableHost(key))) {
      problems.push(`${name} names "${publishableHost(key)}", not this machine: with it the local Clerk must not run.`)
    }
  }
  return problems
}

function addressProblems(host: string | undefined, config: Guarded): string[] {
  const problems: string[] = []
  if (host && !isLoopbackName(host)) problems.push(`CLERK_HOST is "${host}"; it serves 127.0.0.1 only. Unset it.`)
  if (config.webhookUrl !== undefined && !isLoopbackUrl(config.webhookUrl)) {
    problems.push(`CLERK_WEBHOOK_URL is "${config.webhookUrl}"; it must be an http address of this machine.`)
  }
  return problems
}

function originProblems(origins: readonly string[]): string[] {
  if (origins.length === 0) return ['APP_ORIGIN names no origin; set it to the application, as http://localhost:3000.']
  return origins
    .filter((origin) => !isLoopbackUrl(origin) || new URL(origin).origin !== origin)
    .map((origin) => `APP_ORIGIN contains "${origin}"; only origins of this machine may use the local Clerk.`)
}

/** The host inside a publishable key: base64 of `host$` after `pk_live_` or `pk_test_`. */
export function publishableHost(key: string): string {
  return Buffer.from(key.replace(/^pk_(live|test)_/, ''), 'base64')
    .toString('utf8')
    .replace(/\$$/, '')
}

function isLoopbackUrl(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'http:' && isLoopbackName(new URL(text).host)
}

function isLoopbackName(hostAndPort: string): boolean {
  const host = hostAndPort.replace(/:\d+$/, '').toLowerCase()
  return (
    host === '127.0.0.1' || host === '[::1]' || host === '::1' || host === 'localhost' || host.endsWith('.localhost')
  )
}
