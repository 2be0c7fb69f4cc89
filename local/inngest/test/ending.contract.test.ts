/** How runs end: failure and its handler, lifecycle events, cancelling, timeouts, concurrency, refused ops, lost calls. */
import { afterEach, describe, expect, it } from 'vitest'
import { startWorld, until, type World } from './startApp.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

describe.each(['friendly', 'strict'] as const)('%s profile', (profile) => {
  it('[EX60] runs onFailure once with the error and the event, and sends the lifecycle events', async () => {
    const seen: unknown[] = []
    world = await startWorld(
      (client) => [
        client.createFunction(
          {
            id: 'bad',
            retries: 1,
            triggers: [{ event: 'test/bad' }],
            onFailure: ({ event, error }) => {
              seen.push([error.message, event.data.event.data, event.data.function_id, event.data.run_id])
            },
          },
          () => {
            throw new Error('function level')
          },
        ),
      ],
      { profile, settings: { backoffScale: 0.001 } },
    )
    const run = await world.ended(await world.send('test/bad', { n: 7 }))
    expect(run).toMatchObject({ status: 'Failed', output: { message: 'function level' } })
    await until('the handler', () => seen.length > 0 || undefined)
    expect(seen[0]).toEqual(['function level', { n: 7 }, 'app-bad', run.run_id])
    const events = await world.rest.ask<{ name: string; id: string }[]>('/v1/events')
    const ofRun = events.filter(({ name }) => name.startsWith('inngest/'))
    expect(ofRun.map(({ name }) => name)).toContain('inngest/function.finished')
    expect(ofRun.find(({ name }) => name === 'inngest/function.failed')?.id).toBe(run.run_id)
  })

  it('[EX61] cancels a sleeping and a working run, ignores what comes later, and never runs onFailure', async () => {
    const after: string[] = []
    let release = () => {}
    const held = new Promise<void>((done) => {
      release = done
    })
    world = await startWorld(
      (client) => [
        client.createFunction(
          { id: 'c', triggers: [{ event: 'test/c' }], onFailure: () => void after.push('failure') },
          async ({ step, event }) => {
            if (event.data['how'] === 'sleep') await step.sleep('nap', '1h')
            else await step.run('hold', () => held)
            await step.run('after', () => void after.push('after'))
          },
        ),
        client.createFunction({ id: 'told', triggers: [{ event: 'inngest/function.cancelled' }] }, ({ event }) => {
          after.push(`told ${event.data.run_id}`)
        }),
      ],
      { profile },
    )
    const events = [await world.send('test/c', { how: 'sleep' }), await world.send('test/c', { how: 'work' })]
    const runs: string[] = []
    for (const event of events) {
      const run = await until('the run to start', async () => {
        const [found] = (await world?.rest.runsOf(event)) ?? []
        return found?.status === 'Running' ? found : undefined
      })
      runs.push(run.run_id)
      await world.rest.cancel(run.run_id)
      await world.rest.cancel(run.run_id)
      expect(await world.rest.run(run.run_id)).toMatchObject({ status: 'Cancelled' })
    }
    release()
    await until('both to be told', () => runs.every((id) => after.includes(`told ${id}`)) || undefined)
    await until('quiet', () => world?.server().core.slots.size() === 0 || undefined)
    expect(after.filter((word) => !word.startsWith('told'))).toEqual([])
  })

  it('[EX65] holds calls of one key to its limit and lets other keys pass', async () => {
    const now: Record<string, number> = { a: 0, b: 0 }
    const most: Record<string, number> = { a: 0, b: 0 }
    world = await startWorld(
      (client) => [
        client.createFunction(
          {
            id: 'k',
            triggers: [{ event: 'test/k' }],
            concurrency: [{ limit: 1, key: 'event.data.key' }, { limit: 3 }],
          },
          async ({ step, event }) => {
            const key = String(event.data['key'])
            await step.run('work', async () => {
              now[key] = (now[key] ?? 0) + 1
              most[key] = Math.max(most[key] ?? 0, now[key] ?? 0)
              await pause(20)
              now[key] = (now[key] ?? 0) - 1
            })
          },
        ),
      ],
      { profile },
    )
    const ids = await Promise.all([...'aaabbbaabb'].map((key) => world?.send('test/k', { key }) ?? ''))
    for (const id of ids) expect(await world.ended(id)).toMatchObject({ status: 'Completed' })
    expect(most).toEqual({ a: 1, b: 1 })
  })

  it('[EX66] cancels a run that starts or finishes too late', async () => {
    world = await startWorld(
      (client) => [
        client.createFunction(
          { id: 'late', triggers: [{ event: 'test/late' }], concurrency: 1, timeouts: { start: '1s', finish: '2s' } },
          async ({ step }) => {
            await step.sleep('a while', '1h')
          },
        ),
      ],
      { profile },
    )
    const run = await world.ended(await world.send('test/late'))
    expect(run).toMatchObject({ status: 'Cancelled', output: { message: expect.stringContaining('did not finish') } })
    await world.app.stop()
    await world.app.resume()
    world.app.intercept(() => true)
    const hangs = await world.send('test/late')
    const waits = await world.send('test/late')
    expect(await world.ended(waits)).toMatchObject({ output: { message: expect.stringContaining('did not start') } })
    expect(await world.ended(hangs)).toMatchObject({ output: { message: expect.stringContaining('did not finish') } })
  })

  it('[EX70] fails a run that asks for an op it does not have, naming it', async () => {
    world = await startWorld(
      (client) => [
        client.createFunction({ id: 'w', triggers: [{ event: 'test/w' }] }, async ({ step }) => {
          await step.waitForEvent('wait', { event: 'x', timeout: '1m' })
        }),
        client.createFunction({ id: 'i', triggers: [{ event: 'test/i' }] }, async ({ step }) => {
          await step.invoke('call', { function: client.createFunction({ id: 'w', triggers: [] }, () => {}) })
        }),
      ],
      { profile },
    )
    for (const [event, op] of [
      ['test/w', 'WaitForEvent'],
      ['test/i', 'InvokeFunction'],
    ] as const) {
      const run = await world.ended(await world.send(event))
      expect(run).toMatchObject({
        status: 'Failed',
        output: { name: 'UnsupportedOp', message: expect.stringContaining(op) },
      })
    }
  })
})

describe('lost calls', () => {
  it('[EX80] friendly: an app that is away costs no attempt', async () => {
    world = await startWorld((client) => [
      client.createFunction({ id: 'f', retries: 0, triggers: [{ event: 'test/f' }] }, () => 'here'),
    ])
    await world.app.stop()
    const id = await world.send('test/f')
    await pause(600)
    await world.app.resume()
    expect(await world.ended(id)).toMatchObject({ status: 'Completed', output: 'here' })
  })

  it('[EX81] strict: an app that is away uses the attempts up, and the run fails', async () => {
    world = await startWorld(
      (client) => [client.createFunction({ id: 'f', retries: 1, triggers: [{ event: 'test/f' }] }, () => 'here')],
      { profile: 'strict' },
    )
    await world.app.stop()
    const run = await world.ended(await world.send('test/f'))
    expect(run).toMatchObject({
      status: 'Failed',
      output: { message: expect.stringContaining('No answer from') },
      calls: 2,
    })
  })

  it('[EX82] friendly: a connection cut in the middle of a call is made again, and an HTML error page is no answer', async () => {
    let calls = 0
    world = await startWorld((client) => [
      client.createFunction({ id: 'f', retries: 0, triggers: [{ event: 'test/f' }] }, () => 'here'),
    ])
    world.app.intercept((request, response) => {
      if (request.method !== 'POST') return false
      calls += 1
      if (calls === 1) request.socket.destroy()
      if (calls === 2) response.writeHead(502).end('<html>')
      return calls <= 2
    })
    expect(await world.ended(await world.send('test/f'))).toMatchObject({ status: 'Completed', calls: 3 })
  })

  it('[EX83] strict: a lost answer is asked for again with a higher generation; recorded steps do not run again', async () => {
    const ran: Record<string, number> = {}
    world = await startWorld(
      (client) => [
        client.createFunction({ id: 'f', retries: 0, triggers: [{ event: 'test/f' }] }, async ({ step }) => {
          for (const name of ['a', 'b', 'c']) {
            await step.run(name, () => {
              ran[name] = (ran[name] ?? 0) + 1
            })
          }
        }),
      ],
      { profile: 'strict', behaviour: { loseAnswer: 0.5, checkpointing: 1 } },
    )
    const ids = await Promise.all(Array.from({ length: 10 }, () => world?.send('test/f') ?? ''))
    let calls = 0
    for (const id of ids) {
      const run = await world.ended(id)
      expect(run.status).toBe('Completed')
      calls += run.calls
    }
    // Checkpointed, so every step is on record before the answer that is lost.
    expect(calls).toBeGreaterThan(10)
    expect(ran).toEqual({ a: 10, b: 10, c: 10 })
  })

  it('[EX94] wakes a run whose time came while the server was down, and one that still sleeps', async () => {
    world = await startWorld((client) => [
      client.createFunction({ id: 'f', triggers: [{ event: 'test/f' }] }, async ({ step, event }) => {
        await step.sleep('nap', String(event.data['nap']))
        return 'awake'
      }),
    ])
    const [hour, week] = [await world.send('test/f', { nap: '1h' }), await world.send('test/f', { nap: '7d' })]
    const sleeping = () => world?.server().core.queue.count().asleep === 2 || undefined
    await until('both to sleep', sleeping)
    await world.restart({ clockOffsetMs: 3_600_000 })
    expect(await world.ended(hour)).toMatchObject({ output: 'awake' })
    expect(await world.rest.runsOf(week)).toMatchObject([{ status: 'Running' }])
    await world.restart({ clockOffsetMs: 7 * 86_400_000 + 1_000, retentionMs: 30 * 86_400_000 })
    expect(await world.ended(week)).toMatchObject({ output: 'awake' })
  })
})
