/** A real app (official SDK, `serve()` over node:http) beside the server under test. For tests only. */

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Inngest, type InngestFunction } from 'inngest'
import { serve } from 'inngest/node'
import type { Clock } from '../../kernel/clock.ts'
import { silentLog } from '../../kernel/log.ts'
import type { Profile } from '../../kernel/runServer.ts'
import type { Behaviour } from '../engine/core.ts'
import type { Settings } from '../settings.ts'
import { type RunningInngest, startInngest } from '../startInngest.ts'

export const testKeys = { event: 'test-event-key', signing: `signkey-test-${'ab12'.repeat(16)}` }

export interface AppServer {
  url: string
  client: Inngest
  /** Replaces what the app serves, as a deploy would. */
  serve(functions: InngestFunction.Any[]): void
  /** Every request, before it is handled: return true to have answered it yourself. */
  intercept(hook: (...args: Parameters<RequestListener>) => boolean): void
  stop(): Promise<void>
  /** Listens again on the same port after `stop`. */
  resume(): Promise<void>
}

export async function startApp(
  serverOrigin: () => string,
  define: (client: Inngest) => InngestFunction.Any[],
): Promise<AppServer> {
  const client = new Inngest({
    id: 'app',
    isDev: false,
    eventKey: testKeys.event,
    signingKey: testKeys.signing,
    // Read at each use: the server's port is known only after the app's.
    fetch: (input, init) => fetch(String(input).replace('http://inngest.invalid', serverOrigin()), init),
    baseUrl: 'http://inngest.invalid',
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  })
  let hook: (...args: Parameters<RequestListener>) => boolean = () => false
  let handler = serve({ client, functions: define(client) })
  const listener: RequestListener = (request, response) => {
    if (!hook(request, response)) void handler(request, response)
  }
  let server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    client,
    url: `http://127.0.0.1:${port}/api/inngest`,
    serve: (functions) => {
      handler = serve({ client, functions })
    },
    intercept: (next) => {
      hook = next
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
    async resume() {
      server = createServer(listener)
      await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
    },
  }
}

export interface RunView {
  run_id: string
  status: string
  function_id: string
  output?: unknown
  calls: number
  checkpointing: boolean
}

export interface StepView {
  id: string
  name: string
  status: string
  attempts: number
  failures: { attempt: number; error: { message: string } }[]
}

/** The REST interface, with the signing key. */
export function restOf(origin: () => string) {
  async function ask<T>(path: string, method = 'GET'): Promise<T> {
    // A kept-alive connection of before a restart would fail the first request after it.
    const headers = { authorization: `Bearer ${testKeys.signing}`, connection: 'close' }
    const response = await fetch(origin() + path, { method, headers })
    const body = (await response.json()) as { data: T; error?: string }
    if (!response.ok) throw new Error(`${path}: ${response.status} ${body.error}`)
    return body.data
  }
  return {
    ask,
    runsOf: (eventId: string) => ask<RunView[]>(`/v1/events/${eventId}/runs`),
    run: (id: string) => ask<RunView>(`/v1/runs/${id}`),
    steps: (id: string) => ask<StepView[]>(`/v1/runs/${id}/steps`),
    cancel: (id: string) => ask<unknown>(`/v1/runs/${id}`, 'DELETE'),
  }
}

/** Polls until the probe gives a value, and fails loudly at the deadline. */
export async function until<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
  ms = 25_000,
): Promise<T> {
  const deadline = Date.now() + ms
  for (;;) {
    const value = await probe()
    if (value !== undefined && value !== false) return value
    if (Date.now() > deadline) throw new Error(`Waited ${ms} ms in vain: ${what}`)
    await new Promise((done) => setTimeout(done, 10))
  }
}

export interface WorldOptions {
  profile?: Profile
  clock?: Clock
  behaviour?: Partial<Behaviour>
  settings?: Partial<Settings>
  /** False: do not wait until the app is registered. */
  awaitRegistration?: boolean
}

export type World = Awaited<ReturnType<typeof startWorld>>

/** Server, app and a data folder of its own, all on free ports. */
export async function startWorld(define: (client: Inngest) => InngestFunction.Any[], options: WorldOptions = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'inngest-'))
  let server: RunningInngest
  const origin = () => server.origin
  const app = await startApp(origin, define)
  const settings: Settings = {
    ...{ port: 0, dataDir, profile: options.profile ?? 'friendly', keys: testKeys, appUrls: [app.url], seed: 'test' },
    ...{ backoffScale: 0.01, clockOffsetMs: 0, retentionMs: 7 * 86_400_000, maxInFlight: 500, resyncMs: 50 },
    ...options.settings,
  }
  const boot = (more: Partial<Settings> = {}) =>
    startInngest(
      { ...settings, ...more },
      {
        log: silentLog,
        ...(options.clock ? { clock: options.clock } : {}),
        ...(options.behaviour ? { behaviour: options.behaviour } : {}),
      },
    )
  server = await boot()
  const rest = restOf(origin)
  const registered = () =>
    until('the app to be registered', () => server.core.apps.all().some((fn) => !fn.archived) || undefined)
  if (options.awaitRegistration !== false) await registered()

  async function send(name: string, data: Record<string, unknown> = {}, id?: string): Promise<string> {
    const { ids } = await app.client.send({ name, data, ...(id === undefined ? {} : { id }) })
    return ids[0] ?? ''
  }

  async function ended(eventId: string, ms?: number): Promise<RunView> {
    return until(
      `the run of event ${eventId} to end`,
      async () => {
        const [run] = await rest.runsOf(eventId)
        return run && !['Scheduled', 'Running'].includes(run.status) ? run : undefined
      },
      ms,
    )
  }

  return {
    app,
    rest,
    send,
    ended,
    registered,
    server: () => server,
    /** Stops the server and starts it again on the same data. */
    async restart(more: Partial<Settings> = {}) {
      const { port } = server
      await server.close()
      server = await boot({ port, ...more })
    },
    async close() {
      await server.close()
      await app.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
