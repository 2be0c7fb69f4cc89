/** The keys of this installation that no single part owns, made once in `<data>/keys/stack.json` (only its owner can read it). */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { StackError } from './stackError.ts'

const stackKeys = z.object({
  convexAdminKey: z.string().min(1),
  inngestEventKey: z.string().min(1),
  inngestSigningKey: z.string().regex(/^signkey-[a-z]+-[0-9a-f]+$/),
  /** ES256 private key (JWK as JSON): our functions' identity towards Convex. */
  servicePrivateKey: z.string().min(1),
})
export type StackKeys = z.infer<typeof stackKeys>

function createServiceKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = privateKey.export({ format: 'jwk' })
  const kid = createHash('sha256').update(`${jwk.x}.${jwk.y}`).digest('base64url').slice(0, 16)
  return JSON.stringify({ ...jwk, kid, alg: 'ES256', use: 'sig' })
}

function createStackKeys(): StackKeys {
  return {
    convexAdminKey: `nightshift|${randomBytes(32).toString('hex')}`,
    inngestEventKey: randomBytes(24).toString('base64url'),
    inngestSigningKey: `signkey-local-${randomBytes(32).toString('hex')}`,
    servicePrivateKey: createServiceKey(),
  }
}

/** The public half as a JWKS in a `data:` URI, the form Convex takes for a custom issuer. */
export function computeServiceJwks(privateKeyJson: string): string {
  let jwk: unknown
  try {
    jwk = JSON.parse(privateKeyJson)
  } catch (cause) {
    throw new StackError('CONVEX_SERVICE_PRIVATE_KEY is not JSON. It must be a private ES256 key as a JWK.', { cause })
  }
  const parsed = z
    .object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string(), kid: z.string() })
    .safeParse(jwk)
  if (!parsed.success) throw new StackError('CONVEX_SERVICE_PRIVATE_KEY must be an EC P-256 JWK with a "kid".')
  const keys = [{ ...parsed.data, alg: 'ES256', use: 'sig' }]
  return `data:text/plain;charset=utf-8;base64,${Buffer.from(JSON.stringify({ keys })).toString('base64')}`
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

export function loadOrCreateStackKeys(dataDir: string): StackKeys {
  const folder = join(dataDir, 'keys')
  const path = join(folder, 'stack.json')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const text = readIfThere(path)
  if (text !== undefined) {
    const parsed = stackKeys.safeParse(JSON.parse(text))
    if (parsed.success) return parsed.data
    throw new StackError(`The key file ${path} is not complete. Delete it (or run \`npm run reset\`) and start again.`)
  }
  const keys = createStackKeys()
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
  chmodSync(draft, 0o600)
  // Whole or not at all: a kill here leaves a draft, never half a key file.
  renameSync(draft, path)
  return keys
}
