/** A real backend behind real sockets for the contract tests, with the functions of `functions/`. */
import { join } from 'node:path'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { onTestFinished } from 'vitest'
import { silentLog } from '../../kernel/log.ts'
import type { Backend, BackendOptions } from '../engine/backend.ts'
import { createBackend } from '../engine/createBackend.ts'
import { type ConvexServer, createConvexServer } from '../server.ts'

export const functionsDir = join(import.meta.dirname, 'functions')
export const ADMIN_KEY = 'local|0123456789abcdef'
export const SERVICE_ISSUER = 'https://service.test'

export interface ServiceSigner {
  /** The key set as the data: URI that auth.config takes. */
  jwks: string
  /** `lifeS` may be negative; `more` adds or replaces claims. */
  sign(subject: string, options?: { lifeS?: number; more?: Record<string, unknown> }): Promise<string>
}

export async function createServiceSigner(): Promise<ServiceSigner> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' }]
  return {
    jwks: `data:application/json,${encodeURIComponent(JSON.stringify({ keys }))}`,
    sign(subject, { lifeS = 3600, more = {} } = {}) {
      const iat = Math.floor(Date.now() / 1000)
      return new SignJWT({ iss: SERVICE_ISSUER, sub: subject, iat, exp: iat + lifeS, ...more })
        .setProtectedHeader({ alg: 'ES256', kid: 'test' })
        .sign(privateKey)
    },
  }
}

export interface TestServer {
  backend: Backend
  server: ConvexServer
  url: string
  siteUrl: string
  signer: ServiceSigner
}

export interface TestServerOptions extends Partial<BackendOptions> {
  env?: Record<string, string>
  port?: number
}

/** Closed when the test ends. */
export async function startTestServer({ env = {}, port = 0, ...options }: TestServerOptions = {}): Promise<TestServer> {
  const signer = await createServiceSigner()
  const backend = await createBackend({ storage: ':memory:', log: silentLog, ...options })
  backend.setEnvironment({ SERVICE_ISSUER, SERVICE_JWKS: signer.jwks, ...env })
  const report = await backend.deployFromFolder(functionsDir)
  if (!report.ok) throw new Error(report.message)
  const clock = options.clock === undefined ? {} : { clock: options.clock }
  const server = await createConvexServer({ backend, port, sitePort: 0, adminKey: ADMIN_KEY, log: silentLog, ...clock })
  onTestFinished(async () => {
    await server.close()
    await backend.close()
  })
  return { backend, server, url: server.url, siteUrl: server.siteUrl, signer }
}
