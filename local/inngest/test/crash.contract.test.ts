/** The server as a real process, killed with SIGKILL at seeded moments while an app in this process works for it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Inngest } from 'inngest'
import { afterEach, expect, it } from 'vitest'
import { seededRandom } from '../engine/seededRandom.ts'
import { type AppServer, restOf, startApp, until } from './startApp.ts'
import { createVictim, freePort, type Victim } from './victim.ts'

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

let victim: Victim | undefined
let app: AppServer | undefined
afterEach(async () => {
  await victim?.kill()
  await app?.stop()
  if (victim) rmSync(victim.dataDir, { recursive: true, force: true })
  victim = undefined
  app = undefined
})

/** Functions of every kind; each execution of a step body is noted as `run/step`. */
function workload(client: Inngest, note: (key: string) => void) {
  const body =
    (runId: string, name: string, ms = 5) =>
    async () => {
      note(`${runId}/${name}`)
      await pause(ms)
      return name
    }
  const retries = 20 as const
  const chain = client.createFunction(
    { id: 'chain', retries, triggers: [{ event: 'c/chain' }] },
    async ({ step, runId }) => {
      for (let i = 0; i < 14; i++) await step.run(`s${i}`, body(runId, `s${i}`))
      return 'chain'
    },
  )
  const wide = client.createFunction(
    { id: 'wide', retries, triggers: [{ event: 'c/wide' }] },
    async ({ step, runId }) => {
      const both = ['a', 'b', 'c', 'd'].map((name) =>
        step.run(name, body(runId, name, 15)).then(() => step.run(`${name}2`, body(runId, `${name}2`, 10))),
      )
      await Promise.all([...both, step.sleep('nap', '1s')])
      await step.run('end', body(runId, 'end'))
      return 'wide'
    },
  )
  const sleepy = client.createFunction(
    { id: 'sleepy', retries, triggers: [{ event: 'c/sleepy' }] },
    async ({ step, runId }) => {
      await step.run('before', body(runId, 'before'))
      await step.sleep('nap', '1s')
      await step.run('after', body(runId, 'after'))
      return 'sleepy'
    },
  )
  const failed = new Map<string, number>()
  const flaky = client.createFunction(
    { id: 'flaky', retries, triggers: [{ event: 'c/flaky' }] },
    async ({ step, runId }) => {
      for (const name of ['f1', 'f2']) {
        await step.run(name, async () => {
          note(`${runId}/${name}`)
          const times = (failed.get(runId + name) ?? 0) + 1
          failed.set(runId + name, times)
          if (times < 3) throw new Error(`${name} fails`)
        })
      }
      return 'flaky'
    },
  )
  const keyed = client.createFunction(
    { id: 'keyed', retries, concurrency: { limit: 1, key: 'event.data.key' }, triggers: [{ event: 'c/keyed' }] },
    async ({ step, runId }) => {
      await step.run('k1', body(runId, 'k1', 20))
      await step.run('k2', body(runId, 'k2', 20))
      return 'keyed'
    },
  )
  return [chain, wide, sleepy, flaky, keyed]
}

async function crashRun(profile: 'friendly' | 'strict', seed: string, kills: number): Promise<void> {
  const random = seededRandom(seed)
  const executions: string[] = []
  const mustNotRun = new Set<string>()
  const ranAgain: string[] = []
  const server = await createVictim({ NIGHTSHIFT_PROFILE: profile, INNGEST_SEED: seed, INNGEST_RESYNC_MS: '100' })
  victim = server
  const target = await startApp(
    () => server.origin,
    (client) =>
      workload(client, (key) => {
        executions.push(key)
        if (mustNotRun.has(key)) ranAgain.push(key)
      }),
  )
  app = target
  const rest = restOf(() => server.origin)
  const env = { INNGEST_APP_URLS: target.url }
  await server.start(env)
  await until('the functions', async () => ((await server.healthy())?.functions.length === 5 ? true : undefined))

  const acked: string[] = []
  let sending = true
  const kinds = ['chain', 'wide', 'sleepy', 'flaky', 'keyed']
  const load = (async () => {
    for (let n = 0; sending; n++) {
      const name = `c/${kinds[n % kinds.length]}`
      // A send that fails is not acknowledged: nothing is owed for it.
      const sent = await target.client.send({ name, data: { key: `k${n % 2}` } }).catch(() => undefined)
      if (sent) acked.push(sent.ids[0] ?? '')
      await pause(25)
    }
  })()

  for (let n = 0; n < kills; n++) {
    // Fresh work must be under way at each kill, however slow the machine is.
    const before = acked.length
    await until('more events to be taken', () => acked.length >= before + 6 || undefined)
    await pause(random() * 700)
    await server.kill()
    for (const key of server.recorded()) mustNotRun.add(key)
    // Now and then the app dies too: its connections are cut, and it is away for a moment.
    const appToo = random() < 0.3
    if (appToo) await target.stop()
    await server.start(env)
    if (appToo) {
      await pause(random() * 200)
      await target.resume()
    }
  }
  sending = false
  await load

  const context = `seed ${seed}, ${kills} kills, ${acked.length} acknowledged, ${executions.length} executions`
  expect(acked.length, context).toBeGreaterThanOrEqual(kills * 6)
  for (const id of acked) {
    const run = await until(`event ${id} (${context})`, async () => {
      const [found] = await rest.runsOf(id)
      return found && found.status !== 'Running' && found.status !== 'Scheduled' ? found : undefined
    })
    expect([run.function_id, run.status, run.output], context).toEqual([
      run.function_id,
      'Completed',
      run.function_id.replace('app-', ''),
    ])
  }
  expect(ranAgain, context).toEqual([])
  expect(mustNotRun.size, context).toBeGreaterThan(kills)
  await until('nothing to be left over', async () =>
    (await rest.ask<unknown[]>('/v1/runs?status=Running,Scheduled')).length === 0 ? true : undefined,
  )
  const health = await server.healthy()
  expect(health).toMatchObject({ queue: { ready: 0, leased: 0, blocked: 0 }, inFlight: 0 })
}

// `INNGEST_CRASH_KILLS=100 INNGEST_CRASH_SEED=x npx vitest run local/inngest/test/crash` for a longer look.
const kills = Number(process.env['INNGEST_CRASH_KILLS'] ?? 8)
const seed = process.env['INNGEST_CRASH_SEED'] ?? 'crash-1'
const patienceMs = 60_000 + kills * 5_000

it(
  '[EX90] friendly: after all kills every acknowledged event is complete, and nothing on record ran again',
  () => crashRun('friendly', seed, kills),
  patienceMs,
)

it(
  '[EX91] strict: after all kills every acknowledged event is complete, and nothing on record ran again',
  () => crashRun('strict', seed, kills),
  patienceMs,
)

it('[EX92] a call that was running at the kill is made again with the same attempt and a higher generation, and the old one is fenced off', async () => {
  const server = await createVictim({ NIGHTSHIFT_PROFILE: 'friendly' })
  victim = server
  const calls: { attempt: number; generation: string | undefined }[] = []
  const bodies: string[] = []
  const gates: (() => void)[] = []
  const target = await startApp(
    () => server.origin,
    (client) => [
      client.createFunction({ id: 'held', retries: 0, triggers: [{ event: 'c/held' }] }, async ({ step, attempt }) => {
        calls.push({ attempt, generation: undefined })
        await step.run('hold', () => new Promise<void>((done) => void gates.push(done)))
        await step.run('next', () => void bodies.push('next'))
        return 'ok'
      }),
    ],
  )
  app = target
  const generations: string[] = []
  target.intercept((request) => {
    const generation = request.headers['x-inngest-generation-id']
    if (typeof generation === 'string') generations.push(generation)
    return false
  })
  const env = { INNGEST_APP_URLS: target.url }
  await server.start(env)
  await until('the function', async () => ((await server.healthy())?.functions.length === 1 ? true : undefined))
  const { ids } = await target.client.send({ name: 'c/held', data: {} })
  await until('the first call', () => gates.length === 1 || undefined)
  await server.kill()
  await server.start(env)
  await until('the second call', () => gates.length === 2 || undefined)
  expect(generations).toEqual(['1', '2'])
  expect(calls.map(({ attempt }) => attempt)).toEqual([0, 0])
  // The old call wakes up first and reports: it must be told to stop, and must not get to the next step.
  gates[0]?.()
  await pause(300)
  expect(bodies).toEqual([])
  gates[1]?.()
  const rest = restOf(() => server.origin)
  const run = await until('the run to complete', async () => {
    const [found] = await rest.runsOf(ids[0] ?? '')
    return found?.status === 'Completed' ? found : undefined
  })
  expect(run.output).toBe('ok')
  expect(bodies).toEqual(['next'])
}, 60_000)

it('[EX93] refuses a second server on the same data, and exits with 0 when asked to stop', async () => {
  const server = await createVictim({ NIGHTSHIFT_PROFILE: 'friendly' })
  victim = server
  await server.start()
  const second = spawn(process.execPath, [join(import.meta.dirname, '../main.ts')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, INNGEST_PORT: String(await freePort()), INNGEST_DATA: server.dataDir },
  })
  const said: string[] = []
  second.stderr.on('data', (chunk) => said.push(String(chunk)))
  expect(await once(second, 'exit')).toEqual([1, null])
  expect(said.join('')).toContain('Another copy may be running')
  expect(await server.kill('SIGTERM')).toEqual([0, null])
})
