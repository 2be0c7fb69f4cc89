/** Steps with the official SDK: classic and checkpointed, one after another and in parallel. */
import { NonRetriableError, RetryAfterError } from 'inngest'
import { afterEach, describe, expect, it } from 'vitest'
import { startWorld, type World } from './startApp.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

const modes = [
  { mode: 'classic', checkpointing: 0 },
  { mode: 'checkpointed', checkpointing: 1 },
]

describe.each(modes)('$mode execution', ({ checkpointing }) => {
  const behaviour = { checkpointing }

  it('[EX31] runs twelve steps in order, each once, and returns the result', async () => {
    const ran: string[] = []
    world = await startWorld(
      (client) => [
        client.createFunction({ id: 'chain', triggers: [{ event: 'test/chain' }] }, async ({ step, event }) => {
          for (let i = 0; i < 12; i++) {
            await step.run(`s${i}`, () => {
              ran.push(`s${i}`)
              return { i }
            })
          }
          return { done: event.data['word'] }
        }),
      ],
      { behaviour },
    )
    const run = await world.ended(await world.send('test/chain', { word: 'yes' }))
    expect(run).toMatchObject({ status: 'Completed', output: { done: 'yes' }, calls: checkpointing ? 1 : 13 })
    expect(ran).toEqual(Array.from({ length: 12 }, (_, i) => `s${i}`))
    expect(await world.rest.steps(run.run_id)).toHaveLength(12)
  })

  it('[EX35] runs parallel steps at once and goes on after the last of them, each once', async () => {
    const ran: string[] = []
    // The first three steps wait for each other: one after another they would never end.
    let arrived = 0
    let open = () => {}
    const allThree = new Promise<void>((done) => {
      open = done
    })
    const work = (name: string) => async () => {
      ran.push(name)
      return name
    }
    const together = (name: string) => async () => {
      ran.push(name)
      arrived += 1
      if (arrived === 3) open()
      await allThree
      return name
    }
    world = await startWorld(
      (client) => [
        client.createFunction({ id: 'par', triggers: [{ event: 'test/par' }] }, async ({ step }) => {
          await step.run('before', work('before'))
          const both = await Promise.all([
            step.run('a1', together('a1')).then((a: string) => step.run('a2', work('a2')).then((b: string) => a + b)),
            step.run('b', together('b')),
            step.run('c', together('c')),
            step.sleep('nap', '1s').then(() => 'slept'),
          ])
          const last = await step.run('after', work('after'))
          return [...both, last]
        }),
      ],
      { behaviour },
    )
    const run = await world.ended(await world.send('test/par'))
    expect(run.output).toEqual(['a1a2', 'b', 'c', 'slept', 'after'])
    expect(new Set(ran)).toEqual(new Set(['before', 'a1', 'b', 'c', 'a2', 'after']))
    expect(ran).toHaveLength(6)
  })

  it('[EX35] what follows a race runs before the losers have ended', async () => {
    // The run itself ends with the last loser: the SDK reports it as open until then.
    world = await startWorld(
      (client) => [
        client.createFunction({ id: 'race', triggers: [{ event: 'test/race' }] }, async ({ step, group }) => {
          const winner = await group.parallel({ mode: 'race' }, () =>
            Promise.race([
              step.sleep('loser', '4s').then(() => 'loser'),
              step.run('first', () => 'first').then(() => step.run('second', () => 'second')),
            ]),
          )
          return step.run('after', () => winner)
        }),
      ],
      { behaviour },
    )
    const run = await world.ended(await world.send('test/race'))
    expect(run).toMatchObject({ status: 'Completed', output: 'second' })
    const steps = await world.rest.steps(run.run_id)
    expect(steps.map(({ name }) => name)).toEqual(['first', 'second', 'after', 'loser'])
  })

  it('[EX32] retries a failing step with its own budget, in order of its failures', async () => {
    const tries = { one: 0, two: 0 }
    world = await startWorld(
      (client) => [
        client.createFunction({ id: 'flaky', retries: 2, triggers: [{ event: 'test/flaky' }] }, async ({ step }) => {
          const one = await step.run('one', () => {
            tries.one += 1
            if (tries.one < 3) throw new Error(`one ${tries.one}`)
            return tries.one
          })
          const two = await step.run('two', () => {
            tries.two += 1
            if (tries.two < 3) throw new Error(`two ${tries.two}`)
            return tries.two
          })
          return one + two
        }),
      ],
      { behaviour },
    )
    const run = await world.ended(await world.send('test/flaky'))
    expect(run).toMatchObject({ status: 'Completed', output: 6 })
    const steps = await world.rest.steps(run.run_id)
    expect(steps.map(({ name, attempts }) => [name, attempts])).toEqual([
      ['one', 3],
      ['two', 3],
    ])
    expect(steps[0]?.failures.map(({ error }) => error.message)).toEqual(['one 1', 'one 2'])
  })

  it('[EX33] hands a final step error to the function, which may catch it', async () => {
    let tries = 0
    world = await startWorld(
      (client) => [
        client.createFunction({ id: 'hopeless', triggers: [{ event: 'test/hopeless' }] }, async ({ step }) => {
          try {
            await step.run('no', () => {
              tries += 1
              throw new NonRetriableError('never')
            })
          } catch (error) {
            return `caught ${(error as Error).message}`
          }
          return 'unreachable'
        }),
      ],
      { behaviour },
    )
    expect(await world.ended(await world.send('test/hopeless'))).toMatchObject({
      status: 'Completed',
      output: 'caught never',
    })
    expect(tries).toBe(1)
  })

  it('[EX34] waits as long as a RetryAfterError says', async () => {
    const at: number[] = []
    world = await startWorld(
      (client) => [
        client.createFunction({ id: 'slow', triggers: [{ event: 'test/slow' }] }, async ({ step }) =>
          step.run('later', () => {
            at.push(Date.now())
            if (at.length === 1) throw new RetryAfterError('not yet', 1_000)
            return 'now'
          }),
        ),
      ],
      { behaviour },
    )
    await world.ended(await world.send('test/slow'))
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(990)
  })

  it('[EX36] sleeps, sleeps until a date, and sends events from a step', async () => {
    const got: unknown[] = []
    world = await startWorld(
      (client) => [
        client.createFunction({ id: 'sleepy', triggers: [{ event: 'test/sleepy' }] }, async ({ step }) => {
          await step.sleep('nap', 100)
          await step.sleepUntil('then', new Date(Date.now() + 200))
          await step.sleepUntil('past', new Date(Date.now() - 5_000))
          const { ids } = await step.sendEvent('tell', { name: 'test/told', data: { n: 1 } })
          return ids.length
        }),
        client.createFunction({ id: 'told', triggers: [{ event: 'test/told' }] }, ({ event }) => {
          got.push(event.data)
        }),
      ],
      { behaviour },
    )
    expect(await world.ended(await world.send('test/sleepy'))).toMatchObject({ status: 'Completed', output: 1 })
    expect(got).toEqual([{ n: 1 }])
  })
})
