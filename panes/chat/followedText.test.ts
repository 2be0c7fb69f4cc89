import { describe, expect, it } from 'vitest'
import { type FollowAnswer, type FollowedText, followText, nothingFollowed, STRIDE, stepOf } from './followedText.ts'

const follow = (answers: FollowAnswer[], start: FollowedText = nothingFollowed) => answers.reduce(followText, start)
const answer = (key: string | null, from: number, text: string): FollowAnswer => ({ key, from, text })

describe('followText', () => {
  it('grows with each answer and asks the same question until a stride is full', () => {
    const state = follow([answer('1.model-0.1', 0, 'Hel'), answer('1.model-0.1', 0, 'Hello')])
    expect(state).toEqual({ key: '1.model-0.1', text: 'Hello', request: { key: null, from: 0 } })
  })

  it('asks from further on once a stride is full, and joins the answer without a seam', () => {
    const first = 'a'.repeat(STRIDE)
    const moved = follow([answer('k.s.1', 0, first)])
    expect(moved.request).toEqual({ key: 'k.s.1', from: STRIDE })
    expect(follow([answer('k.s.1', STRIDE, 'bc')], moved).text).toBe(`${first}bc`)
  })

  it('takes a late answer to the earlier question without repeating or losing text', () => {
    const moved = follow([answer('k.s.1', 0, 'a'.repeat(STRIDE))])
    const late = follow([answer('k.s.1', 0, `${'a'.repeat(STRIDE)}xyz`), answer('k.s.1', STRIDE, 'xyz!')], moved)
    expect(late.text).toBe(`${'a'.repeat(STRIDE)}xyz!`)
  })

  it('ignores an answer that is older than what is held', () => {
    expect(follow([answer('k.s.1', 0, 'Hello'), answer('k.s.1', 0, 'Hel')]).text).toBe('Hello')
  })

  it('keeps the old text of a try that died until the next try has its first word, then holds nothing of it', () => {
    const old = follow([answer('1.model-0.1', 0, 'old words')])
    expect(follow([answer('1.model-0.2', 0, '')], old).text).toBe('old words')
    expect(follow([answer('1.model-0.2', 0, 'N')], old)).toMatchObject({ key: '1.model-0.2', text: 'N' })
  })

  it('starts from nothing when the stream changes under a question from further on', () => {
    const moved = follow([answer('1.s.1', 0, 'a'.repeat(STRIDE))])
    const replaced = follow([answer('2.s.1', 0, 'fresh')], moved)
    expect(replaced.text).toBe('fresh')
    expect(follow([answer('2.s.1', 0, 'b'.repeat(STRIDE))], replaced).request).toEqual({ key: '2.s.1', from: STRIDE })
  })

  it('asks again from the start when an answer leaves a gap', () => {
    const moved = follow([answer('k.s.1', 0, 'a'.repeat(STRIDE))])
    const gap = followText(moved, answer('k.s.1', STRIDE + 5, 'zz'))
    expect(gap).toMatchObject({ text: 'a'.repeat(STRIDE), request: { key: null, from: 0 } })
    expect(followText(moved, answer('other.s.2', 9, 'zz')).text).toBe('a'.repeat(STRIDE))
  })

  it('never asks from the middle of a surrogate pair', () => {
    const cut = `${'a'.repeat(STRIDE)}\ud83d`
    expect(follow([answer('k.s.1', 0, cut)]).request.from).toBe(STRIDE)
    const whole = follow([answer('k.s.1', 0, cut), answer('k.s.1', STRIDE, '🌙')])
    expect(whole.text).toBe(`${'a'.repeat(STRIDE)}🌙`)
  })

  it('reads the step out of a key', () => {
    expect(stepOf('3.model-1.2')).toBe('model-1')
  })

  it('rebuilds a long text from every split of it, asking for at most a stride and one answer more each time', () => {
    const full = Array.from({ length: 500 }, (_, n) => `word${n} `).join('')
    let state = nothingFollowed
    let carried = 0
    for (let end = 7; end < full.length + 7; end += 7) {
      const { request } = state
      const from = request.key === 'k.s.1' ? request.from : 0
      const text = full.slice(from, end)
      carried = Math.max(carried, text.length)
      state = followText(state, answer('k.s.1', from, text))
    }
    expect(state.text).toBe(full)
    expect(carried).toBeLessThanOrEqual(STRIDE + 7)
  })
})
