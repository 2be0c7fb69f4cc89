import { expect, it } from 'vitest'
import type { TailMessage } from '../../convex/validators.ts'
import { composeReply, textOfReply } from './composeReply.ts'
import { nothingFollowed } from './followedText.ts'
import { messageOf } from './messageFixtures.ts'
import { waitingPart, waitOf } from './waitFixtures.ts'

const running = (more: Partial<TailMessage>) =>
  messageOf({ role: 'assistant', status: 'processing', text: '', ...more })
const followed = (key: string, text: string) => ({ ...nothingFollowed, key, text })

it('draws the running text of the step that is being written', () => {
  const message = running({ live: { key: '1.model-0.1' } })
  expect(composeReply(message, followed('1.model-0.1', 'Hel'))).toEqual([
    { type: 'text', text: 'Hel', isRunning: true },
  ])
})

it('keeps the text of a try that died while the next try of the step has not been gathered yet', () => {
  const message = running({ live: { key: '2.model-0.2' } })
  expect(composeReply(message, followed('1.model-0.1', 'old'))).toMatchObject([{ text: 'old' }])
})

it('never draws a step twice: once committed, the followed copy of it is ignored', () => {
  const parts: TailMessage['parts'] = [{ type: 'text', step: 'model-0', text: 'Let me look. ' }]
  const committed = running({ parts, live: { key: null } })
  expect(composeReply(committed, followed('1.model-0.1', 'Let me look. '))).toMatchObject([{ text: 'Let me look. ' }])
  const next = running({ parts, live: { key: '1.model-1.1' } })
  expect(composeReply(next, followed('1.model-0.1', 'Let me look. '))).toMatchObject([{ text: 'Let me look. ' }])
})

it('has the same shape before and after the reply settles', () => {
  const before = composeReply(running({ live: { key: '1.model-0.1' } }), followed('1.model-0.1', 'All of it.'))
  const after = composeReply(
    messageOf({ role: 'assistant', status: 'completed', text: 'All of it.' }),
    followed('1.model-0.1', 'All of it.'),
  )
  expect(after.map((segment) => segment.type)).toEqual(before.map((segment) => segment.type))
  expect(textOfReply(after)).toBe(textOfReply(before))
})

it('joins the steps of one long text without a seam and keeps tools between texts', () => {
  const tool = {
    type: 'tool' as const,
    step: 'tool-1-0',
    id: 'c1',
    name: 'time',
    input: '{}',
    output: '"14:05"',
    state: 'done' as const,
  }
  const message = running({
    parts: [{ type: 'text', step: 'model-0', text: 'one ' }, { type: 'text', step: 'model-1', text: 'two' }, tool],
    live: { key: '1.model-2.1' },
  })
  const segments = composeReply(message, followed('1.model-2.1', 'three'))
  expect(segments).toMatchObject([{ text: 'one two' }, { tool: { name: 'time' } }, { text: 'three' }])
})

it('draws a call that waits as what it waits for, and as a call while that is not known', () => {
  const wait = waitOf({ waitId: 'w1', kind: 'question', question: 'Which colour?' })
  const parts = [waitingPart(wait)]
  const known = messageOf({ role: 'assistant', status: 'waiting', text: '', parts, waits: [wait] })
  expect(composeReply(known, nothingFollowed)).toEqual([{ type: 'wait', wait }])
  const unknown = messageOf({ role: 'assistant', status: 'waiting', text: '', parts })
  expect(composeReply(unknown, nothingFollowed)).toMatchObject([{ type: 'tool', tool: { state: 'waiting' } }])
})

it('keeps thoughts and added words in their places, and out of what is copied', () => {
  const message = messageOf({
    role: 'assistant',
    text: '',
    parts: [
      { type: 'reasoning', step: 'model-0', text: 'Hm.', ms: 1_200 },
      { type: 'text', step: 'model-0', text: 'One.' },
      { type: 'steer', step: 'model-1', messageId: 'm2', text: 'shorter' },
      { type: 'text', step: 'model-1', text: 'Two.' },
    ],
  })
  const segments = composeReply(message, nothingFollowed)
  expect(segments.map(({ type }) => type)).toEqual(['reasoning', 'text', 'steer', 'text'])
  expect(textOfReply(segments)).toBe('One.\n\nTwo.')
})
