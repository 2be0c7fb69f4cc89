/** The provider on a loopback port: node:http in front of `handleRequest`. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { listen } from '../kernel/listen.ts'
import { createLog } from '../kernel/log.ts'
import { BodyError, readBody } from '../kernel/readBody.ts'
import type { ClerkConfig } from './config.ts'
import { createHandleRequest, type HandleRequest } from './handleRequest.ts'
import { createIdentity, type IdentityOptions } from './identity.ts'
import { type ClerkKeys, loadOrCreateKeys } from './keys.ts'

export interface RunningClerk {
  origin: string
  keys: ClerkKeys
  close(): Promise<void>
}

const BODY_LIMIT_BYTES = 1024 * 1024
const BASE = 'http://127.0.0.1'

/** Listens first: the port is part of the keys, and with port 0 it is known only then. */
export async function startClerk(
  config: ClerkConfig,
  options: Partial<Omit<IdentityOptions, 'config' | 'keys' | 'databasePath'>> = {},
): Promise<RunningClerk> {
  let handle: HandleRequest | undefined
  const log = options.log ?? createLog('clerk')
  const server = await listen(config.port, (request, response) => {
    answer(request, response, handle).catch((error: unknown) => {
      // The browser left in the middle of an answer; nothing was lost but the answer.
      log.debug('answer-failed', { message: String(error) })
      response.destroy()
    })
  })
  try {
    const keys = loadOrCreateKeys(config.dataDir, server.port)
    const identity = createIdentity({ ...options, log, config, keys, databasePath: join(config.dataDir, 'clerk.db') })
    handle = createHandleRequest(identity)
    return {
      origin: server.origin,
      keys,
      async close() {
        await server.close()
        await identity.close()
      },
    }
  } catch (error) {
    await server.close()
    throw error
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, handle: HandleRequest | undefined) {
  if (!handle) {
    response.writeHead(503, { 'content-type': 'application/json' }).end('{"status":"starting"}')
    return
  }
  let body: Buffer
  try {
    body = await readBody(request, BODY_LIMIT_BYTES)
  } catch (error) {
    if (!(error instanceof BodyError)) throw error
    response.writeHead(error.status, { 'content-type': 'application/json', connection: 'close' })
    response.end(JSON.stringify({ errors: [{ code: 'request_invalid', message: error.message, meta: {} }] }))
    return
  }
  if (!URL.canParse(request.url ?? '/', BASE)) {
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end('{"errors":[{"code":"request_invalid","message":"The address could not be read.","meta":{}}]}')
    return
  }
  const result = await handle(encodeRequest(request, body))
  response.statusCode = result.status
  for (const [name, value] of result.headers) if (name !== 'set-cookie') response.setHeader(name, value)
  const cookies = result.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  response.end(Buffer.from(await result.arrayBuffer()))
}

function encodeRequest(request: IncomingMessage, body: Buffer): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const method = request.method ?? 'GET'
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0
  const url = new URL(request.url ?? '/', BASE)
  return new Request(url, { method, headers, ...(hasBody ? { body: new Uint8Array(body) } : {}) })
}
