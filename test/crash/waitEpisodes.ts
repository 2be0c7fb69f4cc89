/** Things that wait: for a time, for the person, for a yes; facts that are forgotten and tasks that run. */
import { api } from '../../convex/_generated/api.js'
import type { Message } from '../support/conversation.ts'
import type { SeededRandom } from '../support/seededRandom.ts'
import { attempt, noteStop } from './diary.ts'
import { begin, type Episode, isQuiet, quiet, running, type Scene, say, waitFor } from './scene.ts'
import { echoLine, forgetLine, type Line, rememberLine, taskLine } from './script.ts'

/** Sometimes with a message meanwhile: it withdraws nothing. */
export const sayAndWait =
  (write: (random: SeededRandom, threadId: string) => Line): Episode =>
  async (scene) => {
    const { random, conversation, inbox, patienceMs } = scene
    const line = write(random, conversation.threadId)
    await say(scene, line).landed
    if (random.chance(0.4)) {
      await waitFor(Math.min(patienceMs, 5_000), () =>
        inbox.waits().some(({ threadId }) => threadId === conversation.threadId),
      )
      await say(scene, echoLine(random.uuid())).landed
    }
    await quiet(scene)
    if (line.effect?.kind === 'schedule') await tidyAway(scene, line.effect.marker)
  }

/** There is room for a hundred tasks. What is taken away is counted: it must not come back. */
async function tidyAway({ person, diary }: Scene, marker: string): Promise<void> {
  for (const { key, title } of await person.convex.query(api.schedules.list, {})) {
    if (title !== marker) continue
    diary.gone.set(marker, (diary.gone.get(marker) ?? 0) + 1)
    await attempt(diary, 'schedules.remove', [], () => person.convex.mutation(api.schedules.remove, { key }))
  }
}

/** The approved call is made, the reply is stopped behind it, and tried again: the call is not made again. */
export const approveStopRetry: Episode = async (scene) => {
  const { person, diary, conversation } = scene
  const line = taskLine(scene.random)
  await say(scene, line).landed
  const isMade = ({ parts = [] }: Message) =>
    parts.some((part) => part.type === 'tool' && part.step === 'tool-approved-0' && part.state === 'done')
  const made = await waitFor(8_000, () => running(scene, isMade) ?? (isQuiet(scene) && conversation.tail()[0]))
  if (made?.role === 'assistant') {
    const { messageId } = made
    noteStop(diary, conversation.threadId)
    await attempt(diary, 'stop', [], () => person.convex.mutation(api.turns.stop, { messageId }))
    // It may have been done before the stop came.
    await attempt(diary, 'retry', ['not-retriable'], () => person.convex.mutation(api.turns.retry, { messageId }))
  }
  await quiet(scene)
  await tidyAway(scene, line.effect.marker)
}

export const rememberAndForget: Episode = async (scene) => {
  const { person, random } = scene
  const line = rememberLine(random)
  await say(scene, line).landed
  await quiet(scene)
  const facts = await person.convex.query(api.memories.list, {})
  const fact = facts.find(({ text }) => text === line.effect.marker)
  if (fact) await say(scene, forgetLine(fact.key, fact.text)).landed
  await quiet(scene)
}

export const runTask: Episode = async (scene) => {
  const { person, random, diary, conversation, inbox, patienceMs } = scene
  await begin(scene)
  const { threadId } = conversation
  const [key, marker, byClock] = [random.uuid(), `run ${random.uuid()}`, random.chance(0.5)]
  const rule = byClock
    ? { kind: 'once' as const, at: Date.now() + random.int(1_000, 4_000) }
    : { kind: 'cron' as const, cron: '0 9 1 1 *' }
  const wanted = { key, threadId, title: marker, prompt: `echo ${marker}`, rule, timeZone: 'UTC' }
  const turns = new Set<string>()
  diary.runs.set(marker, { threadId, turns, byClock })
  const save = () => person.convex.mutation(api.schedules.save, wanted)
  // A time that passed while the database was away is refused: then nothing is owed.
  if (!(await attempt(diary, 'schedules.save', ['rule-not-valid'], save))) diary.runs.delete(marker)
  else if (byClock) await waitFor(patienceMs, () => inbox.schedules().find((one) => one.key === key)?.state === 'done')
  else {
    const id = random.uuid()
    const clicks = Array.from({ length: random.int(1, 3) }, () =>
      attempt(diary, 'runNow', [], () => person.convex.mutation(api.schedules.runNow, { key, id })),
    )
    for (const run of await Promise.all(clicks)) if (run) turns.add(run.turnId)
  }
  await quiet(scene)
  await attempt(diary, 'schedules.remove', [], () => person.convex.mutation(api.schedules.remove, { key }))
}
