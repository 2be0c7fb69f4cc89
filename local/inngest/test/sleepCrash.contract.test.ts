/** Sleeping runs and SIGKILL: asleep, and while they wake. */
import { rmSync } from 'node:fs'
import { afterEach, expect, it } from 'vitest'
import { type AppServer, startApp, until } from './startApp.ts'
import { createVictim, type Victim } from './victim.ts'

let victim: Victim | undefined
let app: AppServer | undefined
afterEach(async () => {
  await victim?.kill()
  await app?.stop()
  if (victim) rmSync(victim.dataDir, { recursive: true, force: true })
})

it.each(['friendly', 'strict'] as const)(
  '[EX97] %s: five hundred sleeping runs, killed asleep and killed while they wake, are all woken, and nothing on record runs again',
  async (profile) => {
    const server = await createVictim({ NIGHTSHIFT_PROFILE: profile })
    victim = server
    const rung: number[] = []
    const mustNotRun = new Set<string>()
    const ranAgain: string[] = []
    const target = await startApp(
      () => server.origin,
      (client) => [
        client.createFunction(
          { id: 'keep', retries: 20, triggers: [{ event: 'c/keep' }] },
          async ({ step, event, runId }) => {
            await step.sleepUntil('time', new Date(event.data['at']))
            await step.run('ring', () => {
              if (mustNotRun.has(`${runId}/ring`)) ranAgain.push(runId)
              rung.push(event.data['n'])
            })
          },
        ),
      ],
    )
    app = target
    const env = { INNGEST_APP_URLS: target.url }
    const later = { ...env, INNGEST_CLOCK_OFFSET_MS: String(6 * 86_400_000), INNGEST_RETENTION_DAYS: '30' }
    const queue = async () => ((await server.healthy()) as { queue: Record<string, number> } | undefined)?.queue
    await server.start(env)
    await until('the function', async () => ((await server.healthy())?.functions.length === 1 ? true : undefined))
    const at = Date.now() + 5 * 86_400_000
    const events = Array.from({ length: 500 }, (_, n) => ({ name: 'c/keep', data: { n, at: at + n } }))
    await target.client.send(events)
    await until('all to sleep', async () => ((await queue())?.['asleep'] === 500 ? true : undefined))
    await server.kill()
    await server.start(env)
    expect(await queue()).toEqual({ ready: 0, asleep: 500, leased: 0, blocked: 0 })
    expect(rung).toEqual([])
    await server.kill()
    await server.start(later)
    for (const enough of [120, 300]) {
      await until('some to wake', () => rung.length >= enough || undefined)
      await server.kill()
      for (const key of server.recorded()) mustNotRun.add(key)
      await server.start(later)
    }
    await until('all to end', async () => {
      const counts = await queue()
      return counts && Object.values(counts).every((count) => count === 0) ? true : undefined
    })
    expect(new Set(rung).size).toBe(500)
    expect(ranAgain).toEqual([])
  },
  90_000,
)
