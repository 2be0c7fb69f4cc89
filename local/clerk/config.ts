/** What the identity provider is told by its environment, read once at the start. */
import { type Profile, readProfile, requireEnv } from '../kernel/runServer.ts'
import { findProblems } from './guards.ts'

export interface ClerkConfig {
  /** 0 takes any free port (tests only: the port is part of the issuer and of the publishable key). */
  port: number
  dataDir: string
  /** Origins of the application that may use this provider; the first one is the default `azp`. */
  appOrigins: readonly string[]
  webhookUrl?: string
  profile: Profile
  /** Sign-in and sign-up attempts allowed per address and minute. */
  attemptsPerMinute: number
  /** False with `LOCAL_SIGNUP=off`: nobody new may register. */
  signUpOpen: boolean
}

export const DEFAULT_ATTEMPTS_PER_MINUTE = 30

/** Reads the environment; throws one error that lists everything that is wrong with it. */
export function readConfig(env: NodeJS.ProcessEnv): ClerkConfig {
  const config: ClerkConfig = {
    port: readNumber('CLERK_PORT', requireEnv('CLERK_PORT', env)),
    dataDir: requireEnv('CLERK_DATA', env),
    appOrigins: parseOrigins(requireEnv('APP_ORIGIN', env)),
    profile: readProfile(env),
    signUpOpen: env['LOCAL_SIGNUP'] !== 'off',
    attemptsPerMinute: readNumber(
      'CLERK_ATTEMPTS_PER_MINUTE',
      env['CLERK_ATTEMPTS_PER_MINUTE'] ?? String(DEFAULT_ATTEMPTS_PER_MINUTE),
    ),
    ...(env['CLERK_WEBHOOK_URL'] ? { webhookUrl: env['CLERK_WEBHOOK_URL'] } : {}),
  }
  const problems = findProblems(env, config)
  if (problems.length > 0) throw new Error(`The local Clerk refuses to start. ${problems.join(' ')}`)
  return config
}

export function parseOrigins(text: string): string[] {
  return text
    .split(',')
    .map((origin) => origin.trim().replace(/\/+$/, ''))
    .filter((origin) => origin !== '')
}

function readNumber(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535) {
    throw new Error(`${name} is "${text}"; it must be a whole number from 0 to 65535.`)
  }
  return value
}
