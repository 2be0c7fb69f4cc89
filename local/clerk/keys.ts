/**
 * The secrets of this installation: signing key, secret key, webhook secret, instance id. Made on the first start,
 * kept in a folder that only its owner can read. The launcher uses this file too.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LOCAL_SECRET_PREFIX } from './guards.ts'

export interface ClerkKeys {
  publishableKey: string
  secretKey: string
  /** Public key (PEM): verifies session tokens without a request. */
  jwtKey: string
  webhookSecret: string
  /** `iss` of every token, and the address of its discovery document. */
  issuer: string
  /** Instance id; also the `kid` of the signing key. */
  instanceId: string
  privateKey: KeyObject
}

interface StoredKeys {
  privateKey: string
  secretKey: string
  webhookSecret: string
  instanceId: string
}

/**
 * Loads the keys in `<dir>/keys/keys.json`, making them when there are none. The port decides the publishable key and
 * the issuer. Refuses, and does not repair, a folder or file that others may read: a key that was readable is not secret.
 */
export function loadOrCreateKeys(dir: string, port: number): ClerkKeys {
  const folder = join(dir, 'keys')
  const path = join(folder, 'keys.json')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  refuseLoose(folder)
  const stored = readStored(path) ?? createStored(path)
  const privateKey = createPrivateKey(stored.privateKey)
  return {
    publishableKey: publishableKeyFor(port),
    secretKey: stored.secretKey,
    jwtKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    webhookSecret: stored.webhookSecret,
    issuer: `http://127.0.0.1:${port}`,
    instanceId: stored.instanceId,
    privateKey,
  }
}

/** Live, not test: fewer moving parts in the browser, and the path that production takes. */
export function publishableKeyFor(port: number): string {
  return `pk_live_${Buffer.from(`127.0.0.1:${port}$`).toString('base64').replace(/=+$/, '')}`
}

function readStored(path: string): StoredKeys | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  refuseLoose(path)
  return parseStored(path, text)
}

function parseStored(path: string, text: string): StoredKeys {
  const value: unknown = JSON.parse(text)
  const field = (name: string): string => {
    const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
    if (typeof found !== 'string' || found === '') {
      throw new Error(
        `The key file ${path} has no "${name}". Delete the file (everyone is signed out) and start again.`,
      )
    }
    return found
  }
  return {
    privateKey: field('privateKey'),
    secretKey: field('secretKey'),
    webhookSecret: field('webhookSecret'),
    instanceId: field('instanceId'),
  }
}

/** Two starters may race, and either may be killed: the file appears whole or not at all, and the first one wins. */
function createStored(path: string): StoredKeys {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const stored: StoredKeys = {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    secretKey: `${LOCAL_SECRET_PREFIX}${randomBytes(24).toString('hex')}`,
    webhookSecret: `whsec_${randomBytes(24).toString('base64')}`,
    instanceId: `ins_${randomBytes(12).toString('hex')}`,
  }
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, JSON.stringify(stored), { flag: 'wx', mode: 0o600 })
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft)
  }
  const winner = readStored(path)
  if (!winner) throw new Error(`The key file ${path} vanished while it was being made. Start again.`)
  return winner
}

function refuseLoose(path: string): void {
  if (process.platform === 'win32') return
  const mode = statSync(path).mode & 0o777
  if ((mode & 0o077) === 0) return
  throw new Error(
    `${path} can be read by others (mode ${mode.toString(8)}), so its keys may be known. ` +
      'Run `npm run reset`, or delete it and start again; do not just change the mode.',
  )
}
