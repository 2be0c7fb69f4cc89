/** Random stories keep the database in order. A failing seed prints its story: add it to `regressions`. SEEDS=200 runs more of them. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tell } from './randomStory.setup.ts'
import { freeze, thaw } from './test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

const regressions: number[] = []
const seeds = [...regressions, ...Array.from({ length: Number(process.env['SEEDS'] ?? 12) }, (_, place) => place + 1)]
const total: Record<string, number> = {}

for (const seed of seeds) {
  test(`a random story keeps everything in order (seed ${seed})`, { timeout: 60_000 }, async () => {
    const story = await tell(seed, 160)
    for (const [key, count] of Object.entries(story.counts)) total[key] = (total[key] ?? 0) + count
  })
}

test('the stories were about something: every kind of answer was given', () => {
  const answers = [
    'begin:go begin:queued begin:held begin:not-yours begin:settled begin:stopped',
    'deliver:stored deliver:lost claim:go claim:not-yours claim:settled claim:stopped',
    'open:go open:done open:stopped open:not-yours append:ok append:gap append:stale commit:ok commit:stale',
    'fail:ok fail:stale settle:settled settle:not-yours stop:stopped stop:marked stop:settled',
    'retry:started retry:queued retry:running retry:not-retriable retry:message-not-found crash:dead order:kept',
    'queue.edit:ok queue.move:ok queue.remove:ok queue.sendNow:ok queue.steer:ok queue.move:already-started',
    'queue.move:message-held regenerate:started regenerate:queued regenerate:running regenerate:not-regenerable',
    'resume:started resume:not-continuable select:ok steer:taken-in interrupt:completed branch:of-main branch:of-branch',
  ]
  for (const answer of answers.join(' ').split(' ')) expect(total[answer], answer).toBeGreaterThan(0)
})
