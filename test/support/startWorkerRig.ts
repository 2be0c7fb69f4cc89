/** The stand-ins (database, queue, model) and one worker, each a process: everything below the web, quick to start and free to kill. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConvexHttpClient } from 'convex/browser'
import { api } from '../../convex/_generated/api.js'
import { createServiceTokens, type ServiceKey } from '../../lib/convex/serviceToken.ts'
import { startIssuer } from './startIssuer.ts'
import { until } from './until.ts'

const SERVICE_ISSUER = 'https://nightshift.local/service'
const root = new URL('../../', import.meta.url).pathname

async function freePort(): Promise<number> {
  const probe = createSocketServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

export interface RigOptions {
  profile?: 'friendly' | 'strict'
  worker?: Record<string, string>
  model?: Record<string, string>
  /** Another folder of Convex functions, which may be changed while they are served. */
  functions?: string
}

export async function startWorkerRig(options: RigOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'nightshift-rig-'))
  const [convex, site, inngest, model, worker] = await Promise.all(Array.from({ length: 5 }, freePort))
  const issuer = await startIssuer()
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const { x = '', y = '', d = '' } = jwk
  const kid = createHash('sha256').update(x).digest('hex').slice(0, 8)
  const serviceKey: ServiceKey = { kty: 'EC', crv: 'P-256', x, y, d, kid }
  const publicKeys = { keys: [{ kty: 'EC', crv: 'P-256', x, y, kid, alg: 'ES256', use: 'sig' }] }
  const eventKey = randomBytes(16).toString('hex')
  const signingKey = `signkey-local-${randomBytes(32).toString('hex')}`
  const convexUrl = `http://127.0.0.1:${convex}`
  const inngestUrl = `http://127.0.0.1:${inngest}`
  const modelUrl = `http://127.0.0.1:${model}`
  const functionEnv = join(folder, 'functions.json')
  writeFileSync(
    functionEnv,
    JSON.stringify({
      CLERK_JWT_ISSUER_DOMAIN: issuer.origin,
      SERVICE_ISSUER,
      SERVICE_JWKS: `data:text/plain;charset=utf-8;base64,${Buffer.from(JSON.stringify(publicKeys)).toString('base64')}`,
      INNGEST_EVENT_KEY: eventKey,
      INNGEST_EVENT_API: inngestUrl,
    }),
  )

  const log = join(folder, 'log.txt')
  const out = openSync(log, 'a')
  const common = {
    NODE_ENV: 'production' as const,
    PATH: process.env['PATH'] ?? '',
    NIGHTSHIFT_PROFILE: options.profile ?? 'friendly',
    LOG_LEVEL: 'info',
    INNGEST_EVENT_KEY: eventKey,
    INNGEST_SIGNING_KEY: signingKey,
  }
  const parts = {
    model: {
      args: ['local/model/main.ts'],
      env: {
        MODEL_PORT: `${model}`,
        MODEL_JOURNAL: join(folder, 'journal.jsonl'),
        LOCAL_MODEL_TTFT_MS: '20',
        LOCAL_MODEL_TPS: '200',
        ...options.model,
      },
    },
    convex: {
      args: ['local/convex/main.ts'],
      env: {
        CONVEX_PORT: `${convex}`,
        CONVEX_SITE_PORT: `${site}`,
        CONVEX_DATA: join(folder, 'convex'),
        CONVEX_FUNCTIONS: options.functions ?? join(root, 'convex'),
        CONVEX_FUNCTION_ENV: functionEnv,
        CONVEX_ADMIN_KEY: 'admin|test',
      },
    },
    inngest: {
      args: ['local/inngest/main.ts'],
      env: {
        INNGEST_PORT: `${inngest}`,
        INNGEST_DATA: join(folder, 'inngest'),
        INNGEST_APP_URLS: `http://127.0.0.1:${worker}/api/inngest`,
        INNGEST_RESYNC_MS: '500',
      },
    },
    worker: {
      args: ['--conditions=react-server', 'test/support/worker.ts'],
      env: {
        WORKER_PORT: `${worker}`,
        NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_test_none',
        CLERK_SECRET_KEY: 'sk_test_none',
        CLERK_WEBHOOK_SIGNING_SECRET: 'whsec_none',
        CONVEX_URL: convexUrl,
        CONVEX_SERVICE_PRIVATE_KEY: JSON.stringify(serviceKey),
        SERVICE_ISSUER,
        INNGEST_DEV: '0',
        INNGEST_BASE_URL: inngestUrl,
        OPENAI_COMPATIBLE_BASE_URL: `${modelUrl}/v1`,
        OPENAI_COMPATIBLE_NAME: 'local',
        MODEL: 'nightshift-local',
        TEXT_FLUSH_MS: '50',
        ...options.worker,
      },
    },
  }
  type Part = keyof typeof parts
  const running = new Map<Part, ChildProcess>()

  /** `from`: a copy of the project, for a part that is deployed anew with other code. */
  function start(part: Part, from = root): void {
    const { args, env } = parts[part]
    const child = spawn(process.execPath, args, {
      cwd: from,
      env: { ...common, ...env },
      stdio: ['ignore', out, out, 'ipc'],
    })
    running.set(part, child)
  }
  async function kill(part: Part): Promise<void> {
    const child = running.get(part)
    if (!child || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }
  const readLog = () => readFileSync(log, 'utf8')
  async function answers(url: string): Promise<unknown> {
    const response = await fetch(url)
    return response.ok ? await response.json() : undefined
  }

  const tokens = createServiceTokens(serviceKey, SERVICE_ISSUER)
  async function service(): Promise<ConvexHttpClient> {
    return new ConvexHttpClient(convexUrl, { auth: await tokens.get(), logger: false })
  }

  for (const part of ['model', 'convex', 'inngest', 'worker'] as const) start(part)
  try {
    await Promise.all(
      [convexUrl, modelUrl].map((url) => until(`${url} serves`, () => answers(`${url}/health`), { withinMs: 25_000 })),
    )
    await until(
      'the functions are registered',
      async () => {
        const health = await answers(`${inngestUrl}/health`)
        const list = typeof health === 'object' && health !== null && 'functions' in health ? health.functions : []
        return Array.isArray(list) && list.length > 0
      },
      { withinMs: 25_000 },
    )
  } catch (error) {
    throw new Error(`The rig did not start. Its log:\n${readLog().slice(-4_000)}`, { cause: error })
  }

  return {
    start,
    kill,
    readLog,
    modelUrl,
    inngestUrl,
    service,
    /** Sends the event as the server action does, once it has authenticated and checked. */
    async send(
      ownerId: string,
      text: string,
      over: {
        threadId?: string
        messageId?: string
        after?: string
        resend?: number
        policy?: 'queue' | 'steer' | 'interrupt'
        model?: string
        edits?: string
      } = {},
    ) {
      const { threadId = randomUUID(), messageId = randomUUID(), after = null, resend = 0, ...wishes } = over
      const data = { ownerId, threadId, messageId, text, after, resend, ...wishes, sentAt: Date.now() }
      const event = { id: `msg:${ownerId}:${messageId}:${resend}`, name: 'chat/message.sent', data }
      const response = await fetch(`${inngestUrl}/e/${eventKey}`, { method: 'POST', body: JSON.stringify([event]) })
      if (!response.ok) throw new Error(`The event was not taken: HTTP ${response.status}`)
      return { threadId, messageId }
    },
    async person(ownerId: string): Promise<ConvexHttpClient> {
      return new ConvexHttpClient(convexUrl, { auth: await issuer.token(ownerId), logger: false })
    },
    async trace(messageId: string) {
      return (await service()).query(api.service.trace.byMessage, { messageId })
    },
    /** How often Inngest called the worker for a run. */
    async executions(runId: string): Promise<number> {
      const response = await fetch(`${inngestUrl}/v1/runs/${runId}`, {
        headers: { authorization: `Bearer ${signingKey}` },
      })
      const body = (await response.json()) as { data: { calls: number } }
      return body.data.calls
    },
    /** What the provider would bill, by correlation id. */
    async modelCalls(
      prefix: string,
    ): Promise<
      Record<string, { requests: number; completed: number; aborted: number; billed: number; running: number }>
    > {
      const response = await fetch(`${modelUrl}/journal/counts?prefix=${encodeURIComponent(prefix)}`)
      return (await response.json()) as Record<
        string,
        { requests: number; completed: number; aborted: number; billed: number; running: number }
      >
    },
    async close() {
      await Promise.all((['worker', 'inngest', 'convex', 'model'] as const).map(kill))
      issuer.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type WorkerRig = Awaited<ReturnType<typeof startWorkerRig>>
