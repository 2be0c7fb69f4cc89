/** What a person does to replies and to the queue: moves, removes, steers, interrupts, stops, goes on, asks once more. */
import { api } from '../../convex/_generated/api.js'
import { attempt, noteStop } from './diary.ts'
import { type Episode, isWriting, quiet, running, say, waitFor } from './scene.ts'
import { askLine, countLine, echoLine, stepsLine, writeLine } from './script.ts'

/** What waits is moved, removed, sent at once. It may have begun meanwhile, and the person is told so. */
export const changeQueue: Episode = async (scene) => {
  const { person, random, diary, conversation } = scene
  const { convex } = person
  const late = ['already-started', 'message-held', 'not-queued']
  await say(scene, countLine(random.int(60, 120))).landed
  const waiting = Array.from({ length: random.int(2, 4) }, () => say(scene, echoLine(random.uuid())))
  await Promise.all(waiting.map(({ landed }) => landed))
  const one = waiting[random.int(0, waiting.length - 1)]?.messageId ?? ''
  const other = waiting[random.int(0, waiting.length - 1)]?.messageId ?? ''
  diary.displaced.add(one)
  switch (random.pick(['move', 'end', 'remove', 'remove', 'now'])) {
    case 'move':
      await attempt(diary, 'move', late, () => convex.mutation(api.queue.move, { messageId: one, before: other }))
      break
    case 'end':
      await attempt(diary, 'move', late, () => convex.mutation(api.queue.move, { messageId: one, before: null }))
      break
    case 'now':
      noteStop(diary, conversation.threadId)
      await attempt(diary, 'sendNow', late, () => convex.mutation(api.queue.sendNow, { messageId: one }))
      break
    default: {
      noteStop(diary, conversation.threadId)
      const remove = () => convex.mutation(api.queue.remove, { messageId: one })
      if ((await attempt(diary, 'remove', late, remove)) === null) diary.removed.add(one)
    }
  }
  await quiet(scene)
}

export const steer: Episode = async (scene) => {
  const { random, diary } = scene
  await say(scene, stepsLine(random.int(4, 8))).landed
  await waitFor(3_000, () => running(scene, ({ parts = [] }) => parts.length > 0))
  const added = Array.from({ length: random.int(1, 2) }, () => say(scene, echoLine(random.uuid()), 'steer'))
  for (const { messageId } of added) {
    diary.displaced.add(messageId)
    diary.steering.add(messageId)
  }
  await Promise.all(added.map(({ landed }) => landed))
  await quiet(scene)
}

/** What runs may be anything: also what goes on after a wait. */
export const interrupt: Episode = async (scene) => {
  const { random, diary, conversation } = scene
  const lines = random.chance(0.7) ? [countLine(random.int(80, 160))] : [stepsLine(6), askLine(random)]
  await Promise.all(lines.map((line) => say(scene, line).landed))
  await waitFor(3_000, () => running(scene, isWriting))
  noteStop(diary, conversation.threadId)
  const { messageId, landed } = say(scene, echoLine(random.uuid()), 'interrupt')
  diary.displaced.add(messageId)
  await landed
  await quiet(scene)
}

export const stopAndContinue: Episode = async (scene) => {
  const { person, random, diary, conversation } = scene
  const { threadId } = conversation
  const line = countLine(random.int(80, 160))
  const { messageId: asked, landed } = say(scene, line)
  diary.displaced.add(asked)
  await landed
  const reply = await waitFor(5_000, () => running(scene, isWriting))
  const messageId = reply?.messageId ?? asked
  noteStop(diary, threadId)
  await attempt(diary, 'stop', [], () => person.convex.mutation(api.turns.stop, { messageId }))
  await quiet(scene)
  if (!reply || random.chance(0.3)) return
  // It had ended before the stop came, or nothing of it was written.
  const go = () => person.convex.mutation(api.turns.continue, { messageId })
  const clicks = [
    attempt(diary, 'continue', ['not-continuable'], go),
    attempt(diary, 'continue', ['not-continuable'], go),
  ]
  const [begun] = await Promise.all(clicks)
  if (begun) diary.continued.push({ threadId, stopped: messageId, turnId: begun.turnId, whole: line.reply ?? '' })
  await quiet(scene)
}

export const regenerate: Episode = async (scene) => {
  const { person, random, diary, conversation } = scene
  const { threadId } = conversation
  const { messageId: asked, landed } = say(scene, writeLine(random))
  await landed
  await quiet(scene)
  const first = (await conversation.readSettled()).findLast(({ inReplyTo }) => inReplyTo === asked)
  if (!first) return
  const { messageId } = first
  const made = await attempt(diary, 'regenerate', ['too-many-branches', 'not-regenerable'], () =>
    person.convex.mutation(api.branches.regenerate, { messageId }),
  )
  if (made) diary.regenerated.set(asked, [made.turnId])
  await quiet(scene)
  const { turnId } = first
  if (random.chance(0.4))
    await attempt(diary, 'select', [], () => person.convex.mutation(api.branches.select, { threadId, turnId }))
}
