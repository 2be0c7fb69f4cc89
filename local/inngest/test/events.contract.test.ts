/** Events, registration, keys and the REST interface. */
import type { Inngest } from 'inngest'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { startWorld, testKeys, until, type World } from './startApp.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

const echoFunction = (client: Inngest) =>
  client.createFunction({ id: 'echo', triggers: [{ event: 'test/echo' }] }, ({ event }) => event)

const echo = () => startWorld((client) => [echoFunction(client)])

const post = (target: World, path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(target.server().origin + path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', connection: 'close', ...headers },
  })

describe('events', () => {
  it('[EX1] delivers the event with user, ts and the id the sender chose', async () => {
    world = await echo()
    const run = await world.ended(await world.send('test/echo', { n: 1 }, 'my-id'))
    expect(run.output).toMatchObject({
      id: 'my-id',
      name: 'test/echo',
      data: { n: 1 },
      user: {},
      ts: expect.any(Number),
    })
  })

  it('[EX2] gives a repeated request (same seed) the same ids, and runs nothing twice', async () => {
    world = await echo()
    const headers = { 'x-inngest-event-id-seed': `1795377436028,${Buffer.alloc(10, 7).toString('base64')}` }
    const body = JSON.stringify([{ name: 'test/echo' }, { name: 'test/echo' }])
    const first = await (await post(world, `/e/${testKeys.event}`, body, headers)).json()
    const again = await (await post(world, `/e/${testKeys.event}`, body, headers)).json()
    expect(first).toMatchObject({ status: 200, ids: [expect.stringMatching(/^[0-9A-Z]{26}$/), expect.any(String)] })
    expect(again).toEqual(first)
    for (const id of (first as { ids: string[] }).ids) expect(await world.rest.runsOf(id)).toHaveLength(1)
  })

  it('[EX3] starts one run for five events of one id, and another once 24 hours have passed', async () => {
    world = await echo()
    const ids = await Promise.all(Array.from({ length: 5 }, () => world?.send('test/echo', {}, 'same') ?? ''))
    const runs = (await Promise.all(ids.map((id) => world?.rest.runsOf(id) ?? []))).flat()
    expect(runs).toHaveLength(1)
    await world.restart({ clockOffsetMs: 24 * 3_600_000 + 1_000 })
    expect(await world.ended(await world.send('test/echo', {}, 'same'))).toMatchObject({ status: 'Completed' })
  })

  it('[EX4] refuses what is not an event, with a sentence and status 400', async () => {
    world = await echo()
    const bad = [
      '{',
      '5',
      '{"data":{}}',
      '{"name":""}',
      '{"name":"inngest/x"}',
      '{"name":"a","data":3}',
      '{"name":"a","ts":5}',
    ]
    for (const body of bad) {
      const response = await post(world, `/e/${testKeys.event}`, body)
      expect([body, response.status]).toEqual([body, 400])
      expect(await response.json()).toMatchObject({ status: 400, ids: [], error: expect.stringMatching(/\w+ \w+/) })
    }
    expect((await post(world, '/e/wrong-key', '{"name":"a"}')).status).toBe(401)
  })

  it('[EX5] survives text that UTF-8 cannot carry', async () => {
    world = await echo()
    const response = await post(world, `/e/${testKeys.event}`, '{"name":"test/echo","data":{"text":"a\\ud800b"}}')
    const { ids } = (await response.json()) as { ids: string[] }
    expect(await world.ended(ids[0] ?? '')).toMatchObject({ output: { data: { text: 'a\ufffdb' } } })
  })
})

describe('registration', () => {
  it('[EX10] keeps functions over a restart, also while the app is away', async () => {
    world = await echo()
    await world.app.stop()
    await world.restart()
    const id = await world.send('test/echo')
    expect(await world.rest.runsOf(id)).toHaveLength(1)
    await world.app.resume()
    expect(await world.ended(id)).toMatchObject({ status: 'Completed' })
  })

  it('[EX11] waits for an app that starts later, and notices changed functions', async () => {
    world = await echo()
    const { client } = world.app
    world.app.serve([client.createFunction({ id: 'new', triggers: [{ event: 'test/new' }] }, () => 'new')])
    const known = () => world?.server().core.apps.function('app-new') !== undefined || undefined
    await until('the new function', known)
    expect(await world.ended(await world.send('test/new'))).toMatchObject({ output: 'new' })
    expect(await world.rest.runsOf(await world.send('test/echo'))).toEqual([])
  })

  it('[EX12] registers out of band when the app is asked to by anyone', async () => {
    world = await startWorld((client) => [client.createFunction({ id: 'a', triggers: [{ event: 'a' }] }, () => 1)], {
      settings: { appUrls: [] },
      awaitRegistration: false,
    })
    const response = await fetch(world.app.url, { method: 'PUT', headers: { 'x-inngest-server-kind': 'cloud' } })
    expect(await response.json()).toEqual({ message: 'Successfully registered', modified: true })
    expect(await world.ended(await world.send('a'))).toMatchObject({ output: 1 })
  })

  it('[EX12] accepts an app that does not allow in-band registration', async () => {
    vi.stubEnv('INNGEST_ALLOW_IN_BAND_SYNC', 'false')
    try {
      world = await echo()
      expect(await world.ended(await world.send('test/echo'))).toMatchObject({ status: 'Completed' })
    } finally {
      vi.unstubAllEnvs()
    }
  })

  const settings: [string, object][] = [
    ['batchEvents', { batchEvents: { maxSize: 5, timeout: '5s' } }],
    ['debounce', { debounce: { period: '5s' } }],
    ['throttle', { throttle: { limit: 1, period: '5s' } }],
    ['rateLimit', { rateLimit: { limit: 1, period: '5s' } }],
    ['priority', { priority: { run: '120' } }],
    ['singleton', { singleton: { mode: 'skip' } }],
    ['idempotency', { idempotency: 'event.data.id' }],
    ['cancel', { cancelOn: [{ event: 'stop' }] }],
    ['cron', { triggers: [{ cron: '* * * * *' }] }],
    ['wildcards', { triggers: [{ event: 'a/*' }] }],
    ['expression', { triggers: [{ event: 'a', if: 'event.data.x > 3' }] }],
    ['key', { concurrency: { limit: 1, key: 'size(event.data.x)' } }],
  ]
  it.each(settings)('[EX13] refuses %s by name, and keeps what was registered', async (word, config) => {
    world = await echo()
    const { client, url } = world.app
    const odd = client.createFunction({ id: 'odd', triggers: [{ event: 'a' }], ...config }, () => 1)
    world.app.serve([echoFunction(client), odd])
    const problem = await until('the refusal', async () => {
      const health = await (await fetch(`${world?.server().origin}/health`)).json()
      return (health as { appUrls: { url: string; problem?: string }[] }).appUrls.find((app) => app.url === url)
        ?.problem
    })
    expect(problem).toContain('app-odd')
    expect(problem).toContain(word)
    const outOfBand = await fetch(url, { method: 'PUT', headers: { 'x-inngest-server-kind': 'cloud' } })
    expect(outOfBand.status).toBeGreaterThanOrEqual(400)
    expect(await world.ended(await world.send('test/echo'))).toMatchObject({ status: 'Completed' })
  })
})

describe('keys and REST', () => {
  it('[EX20] asks for the signing key, plain or hashed, and refuses anything else', async () => {
    world = await echo()
    for (const path of ['/v1/events', '/v1/runs', '/v1/runs/x', '/v1/runs/x/steps']) {
      expect((await fetch(world.server().origin + path)).status).toBe(401)
    }
    expect((await post(world, '/fn/register', '{}')).status).toBe(401)
    expect((await post(world, '/v1/checkpoint/x/async', '{}', { authorization: 'Bearer no' })).status).toBe(401)
    expect(await world.rest.ask<unknown[]>('/v1/events')).toEqual([])
  })

  it('[EX21] lists events, runs by status, steps and jobs', async () => {
    world = await startWorld((client) => [
      client.createFunction({ id: 'long', triggers: [{ event: 'test/long' }] }, async ({ step }) => {
        await step.run('first', () => 1)
        await step.sleep('nap', '1h')
      }),
    ])
    const eventId = await world.send('test/long', { n: 1 })
    const run = await until('the nap', async () => {
      const [found] = (await world?.rest.ask<{ run_id: string }[]>('/v1/runs?status=Running')) ?? []
      const steps = found ? await world?.rest.steps(found.run_id) : []
      return steps?.some(({ status }) => status === 'Sleeping') ? found : undefined
    })
    expect(await world.rest.steps(run.run_id)).toMatchObject([
      { name: 'first', status: 'Completed', attempts: 1 },
      { name: 'nap', status: 'Sleeping' },
    ])
    expect(await world.rest.ask(`/v1/runs/${run.run_id}/jobs`)).toMatchObject([{ kind: 'sleep', name: 'nap' }])
    expect(await world.rest.ask(`/v1/events/${eventId}`)).toMatchObject({ internal_id: eventId, data: { n: 1 } })
    expect(await world.rest.ask('/v1/runs?status=Completed,Failed')).toEqual([])
    await expect(world.rest.run('nope')).rejects.toThrow('does not exist')
  })

  it('[EX22] names an endpoint it does not have', async () => {
    world = await echo()
    const response = await post(world, '/v1/signals', '{}')
    expect(response.status).toBe(501)
    expect(await response.json()).toMatchObject({ error: expect.stringContaining('POST /v1/signals') })
    expect(response.headers.get('x-inngest-server-kind')).toBe('cloud')
  })

  it('[EX23] is open without keys, and says so', async () => {
    world = await echo()
    await world.restart({ keys: undefined })
    const { origin } = world.server()
    expect((await post(world, '/e/anything', '{"name":"x"}')).status).toBe(200)
    const response = await fetch(`${origin}/v1/runs`, { headers: { connection: 'close' } })
    expect([response.status, response.headers.get('x-inngest-server-kind')]).toEqual([200, 'dev'])
  })

  it('[EX24] tells its health: functions, apps and their problems', async () => {
    world = await echo()
    await world.app.stop()
    await world.restart()
    const headers = { connection: 'close' }
    const look = async () => (await fetch(`${world?.server().origin}/health`, { headers })).json()
    await until(
      'the refused connection',
      async () => JSON.stringify(await look()).includes('No answer from') || undefined,
    )
    const { url } = world.app
    expect(await look()).toMatchObject({
      status: 'ok',
      functions: ['app-echo'],
      apps: [{ name: 'app', url }],
      inFlight: 0,
    })
    expect(await look()).toMatchObject({ appUrls: [{ url, registered: false }] })
  })
})
