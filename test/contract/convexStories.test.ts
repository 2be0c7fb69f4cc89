/** The product's functions on our own engine, strict profile: the same random stories as under the official convex-test must stay in order. */

import type { FunctionReference } from 'convex/server'
import type { Value } from 'convex/values'
import type { TestConvex } from 'convex-test'
import { afterEach, beforeEach, test } from 'vitest'
import { tell } from '../../convex/randomStory.setup.ts'
import schema from '../../convex/schema.ts'
import { callsOn, freeze, modules, thaw } from '../../convex/test.setup.ts'
import type { UserIdentity } from '../../local/convex/engine/backend.ts'
import { createTestBackend, type TestBackend } from '../../local/convex/engine/testing.ts'

beforeEach(freeze)
afterEach(thaw)

/** Vitest's frozen Date; nothing runs by itself: the story ticks the watchdog. */
const stillClock = { now: () => Date.now(), after: () => () => {}, every: () => () => {} }
const notFunctions = /_generated|schema\.ts|auth\.config\.ts/

async function startEngine(): Promise<TestBackend> {
  const engine = await createTestBackend({ clock: stillClock, profile: 'strict' })
  const functions = Object.entries(modules).filter(([path]) => !notFunctions.test(path))
  await engine.backend.deploy({ modules: Object.fromEntries(functions), schema })
  return engine
}

type Target = FunctionReference<'query' | 'mutation', 'public' | 'internal'>

/** The part of convex-test's surface that the stories use. */
function likeConvexTest(engine: TestBackend, identity: UserIdentity | null = null): TestConvex<typeof schema> {
  const surface = {
    withIdentity: (as: { issuer: string; subject: string }) =>
      likeConvexTest(engine, { tokenIdentifier: `${as.issuer}|${as.subject}`, ...as }),
    query: (target: Target, args: Record<string, Value>) => engine.query(target, args, { identity }),
    mutation: (target: Target, args: Record<string, Value>) => engine.mutation(target, args, { identity }),
    run: engine.run,
  }
  return surface as unknown as TestConvex<typeof schema>
}

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`a random story keeps everything in order on our own engine (seed ${seed})`, async () => {
    const engine = await startEngine()
    await tell(seed, 160, callsOn(likeConvexTest(engine)))
    await engine.close()
  })
}
