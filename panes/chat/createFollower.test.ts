import { expect, it } from 'vitest'
import { createFollower, SHOW_EVERY_MS } from './createFollower.ts'
import { type FollowAnswer, type FollowRequest, STRIDE } from './followedText.ts'

function createWorld() {
  let now = 0
  const alarms = new Map<() => void, number>()
  const questions: { request: FollowRequest; hear: (answer: FollowAnswer) => void; isOpen: boolean }[] = []
  const shown: string[] = []
  const follower = createFollower({
    watch: (request, hear) => {
      const question = { request, hear, isOpen: true }
      questions.push(question)
      return () => {
        question.isOpen = false
      }
    },
    show: ({ text }) => shown.push(text),
    clock: {
      now: () => now,
      after: (ms, run) => {
        alarms.set(run, now + ms)
        return () => alarms.delete(run)
      },
    },
  })
  const pass = (ms: number) => {
    now += ms
    for (const [run, at] of [...alarms]) {
      if (at > now) continue
      alarms.delete(run)
      run()
    }
  }
  const say = (text: string, key = '1.model-0.1') => {
    const question = questions.findLast(({ isOpen }) => isOpen)
    if (question === undefined) throw new Error('Nobody asks any more.')
    const from = question.request.key === key ? question.request.from : 0
    question.hear({ key, from, text: text.slice(from) })
  }
  return { follower, questions, shown, pass, say, open: () => questions.filter(({ isOpen }) => isOpen) }
}

it('shows the first word at once and then at most twenty times a second, with the last word always shown', () => {
  const { say, pass, shown } = createWorld()
  for (let length = 1; length <= 100; length++) {
    say('x'.repeat(length))
    pass(10)
  }
  pass(SHOW_EVERY_MS)
  expect(shown[0]).toBe('x')
  expect(shown.at(-1)).toHaveLength(100)
  expect(shown.length).toBeLessThanOrEqual(1 + 1_000 / SHOW_EVERY_MS + 1)
})

it('asks from further on after a stride, with one question open at a time', () => {
  const { say, open } = createWorld()
  say('x'.repeat(STRIDE + 10))
  expect(open().map(({ request }) => request)).toEqual([{ key: '1.model-0.1', from: STRIDE + 10 }])
})

it('replaces the text of a dead try in one update, never showing both or nothing', () => {
  const { say, pass, shown } = createWorld()
  say('old words')
  pass(SHOW_EVERY_MS)
  say('', '1.model-0.2')
  pass(SHOW_EVERY_MS)
  say('new', '1.model-0.2')
  pass(SHOW_EVERY_MS)
  expect(shown).toEqual(['old words', 'new'])
})

it('shows nothing and asks nothing once it is closed', () => {
  const { say, follower, open, shown, pass, questions } = createWorld()
  say('one')
  say('one two')
  follower.close()
  questions[0]?.hear({ key: '1.model-0.1', from: 0, text: 'one two three' })
  pass(1_000)
  expect(open()).toEqual([])
  expect(shown).toEqual(['one'])
})

it('goes on from a long text that is known already, and leaves no question open behind it', () => {
  const open = new Set<FollowRequest>()
  const full = 'x'.repeat(3 * STRIDE)
  createFollower({
    show: () => {},
    clock: { now: () => 0, after: () => () => {} },
    watch: (request, hear) => {
      open.add(request)
      hear({ key: 'k.s.1', from: request.from, text: full.slice(request.from) })
      return () => open.delete(request)
    },
  })
  expect([...open]).toEqual([{ key: 'k.s.1', from: full.length }])
})
