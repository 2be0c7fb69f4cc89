/** Many runs: nothing grows, nothing is capped below 200 calls, old data goes. Counted, not timed. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, it } from 'vitest'
import { startWorld, until, type World } from './startApp.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

it('[EX95] two thousand runs leave no work, no held slot and no heap behind, and retention removes their rows', async () => {
  world = await startWorld((client) => [
    client.createFunction(
      { id: 'f', triggers: [{ event: 'test/f' }], concurrency: { limit: 2, key: 'event.data.key' } },
      async ({ step, event }) => step.run('a', () => event.data['n']),
    ),
  ])
  const { core } = world.server()
  const count = (table: string) => Number(core.db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'])
  async function wave(size: number): Promise<number> {
    const before = count('runs')
    const events = Array.from({ length: size }, (_, n) => ({ name: 'test/f', data: { n, key: `k${n % 100}` } }))
    await world?.app.client.send(events)
    await until(
      'the wave to end',
      () => {
        const open = core.db.prepare('SELECT 1 FROM runs WHERE ended_at IS NULL LIMIT 1').get()
        return (open === undefined && count('runs') === before + size) || undefined
      },
      60_000,
    )
    collectGarbage()
    return process.memoryUsage().heapUsed
  }
  const first = await wave(300)
  await wave(700)
  const last = await wave(1_000)
  expect(last - first).toBeLessThan(8 * 1024 * 1024)
  expect(count('queue')).toBe(0)
  expect(core.slots.size()).toBe(0)
  expect(count('runs')).toBe(2_000)

  await world.restart({ clockOffsetMs: 8 * 86_400_000 })
  const later = world.server()
  await later.prune()
  const left = ['runs', 'steps', 'step_failures', 'events', 'run_dedup', 'queue'].map((table) =>
    Number(later.core.db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']),
  )
  expect(left).toEqual([0, 0, 0, 0, 0, 0])
}, 120_000)

it('[EX96] two hundred and fifty calls are in flight at once', async () => {
  let running = 0
  let release = () => {}
  const gate = new Promise<void>((done) => {
    release = done
  })
  world = await startWorld((client) => [
    client.createFunction({ id: 'f', triggers: [{ event: 'test/f' }] }, async ({ step }) =>
      step.run('hold', async () => {
        running += 1
        await gate
      }),
    ),
  ])
  await world.app.client.send(Array.from({ length: 250 }, () => ({ name: 'test/f', data: {} })))
  await until('all to run at once', () => running === 250 || undefined)
  release()
  await until('all to end', async () =>
    (await world?.rest.ask<unknown[]>('/v1/runs?status=Completed&limit=1000'))?.length === 250 ? true : undefined,
  )
})
