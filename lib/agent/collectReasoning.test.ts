import { describe, expect, it, vi } from 'vitest'
import { maxReasoningChars } from '../chat/messageLimits.ts'
import { collectReasoning } from './collectReasoning.ts'

function setUp() {
  let at = 1_000
  const onBegin = vi.fn()
  const collector = collectReasoning(onBegin, () => at)
  return {
    collector,
    onBegin,
    pass: (ms: number) => {
      at += ms
    },
  }
}

describe('what a model thinks', () => {
  it('is nothing when it only speaks', () => {
    const { collector, onBegin } = setUp()
    collector.speak()
    expect(collector.result).toBeUndefined()
    expect(onBegin).not.toHaveBeenCalled()
  })

  it('is timed from the first thought to the first word, and told of once', () => {
    const { collector, onBegin, pass } = setUp()
    collector.think('Let me ')
    pass(300)
    collector.think('see.')
    pass(700)
    collector.speak()
    pass(5_000)
    collector.speak()
    expect(collector.result).toEqual({ text: 'Let me see.', ms: 1_000 })
    expect(onBegin).toHaveBeenCalledTimes(1)
  })

  it('may come in stretches: their times add up, and the words between are not timed', () => {
    const { collector, onBegin, pass } = setUp()
    collector.think('One.')
    pass(100)
    collector.speak()
    pass(900)
    collector.think('Two.')
    pass(50)
    expect(collector.result).toEqual({ text: 'One.\n\nTwo.', ms: 150 })
    expect(onBegin).toHaveBeenCalledTimes(1)
  })

  it('has taken its time even where the provider hides the words', () => {
    const { collector, pass } = setUp()
    collector.think('')
    pass(40)
    collector.speak()
    expect(collector.result).toEqual({ text: '', ms: 40 })
  })

  it('is kept up to a limit, and never with half a character', () => {
    const { collector } = setUp()
    for (let n = 0; n < 60; n++) collector.think('x😀'.repeat(1_000))
    const { text = '' } = collector.result ?? {}
    expect(text.length).toBeLessThanOrEqual(maxReasoningChars)
    expect(text.length).toBeGreaterThan(maxReasoningChars - 2)
    expect(text.isWellFormed()).toBe(true)
  })
})
