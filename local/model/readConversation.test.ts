import { expect, test } from 'vitest'
import { parseChatRequest, RequestError } from './chatRequest.ts'
import { computeAttemptKey, readConversation } from './readConversation.ts'
import { countWords } from './splitTokens.ts'

const means = { countWords, now: 0 }

const chat = (messages: unknown[]) => parseChatRequest(JSON.stringify({ model: 'm', messages }))
const user = (content: unknown) => ({ role: 'user', content })

test('[MO5] the prompt is the last user message, also when it comes in parts', () => {
  const request = chat([
    user('first'),
    { role: 'assistant', content: 'reply' },
    user([
      { type: 'text', text: 'count ' },
      { type: 'text', text: 'to 3' },
    ]),
  ])
  expect(readConversation(request, means)).toEqual({
    prompt: 'count to 3',
    promptAt: 2,
    input: 'count to 3',
    isToGoOn: false,
    before: ['user: first', 'assistant: reply'],
    system: '',
    calls: [],
    everyCall: [],
    others: ['first'],
    steered: [],
    spoken: '',
    words: 5,
  })
})

test('[MO22] what came before the prompt is kept short: six messages, 300 characters of each, no system text', () => {
  const request = chat([
    { role: 'system', content: 'Be kind.' },
    user('one'),
    { role: 'assistant', content: 'x'.repeat(400) },
    user('prompt'),
  ])
  expect(readConversation(request, means).before).toEqual(['user: one', `assistant: ${'x'.repeat(300)}`])
})

test('[MO9] tool results and what was said after them belong to the prompt', () => {
  const request = chat([
    { role: 'system', content: 'Be kind.' },
    user('time'),
    {
      role: 'assistant',
      content: 'Let me look.',
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'time', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: 'c', content: '"noon"' },
    { role: 'assistant', content: 'The tool' },
  ])
  expect(readConversation(request, means)).toMatchObject({
    system: 'Be kind.',
    calls: [{ name: 'time', arguments: '{}', result: '"noon"' }],
    spoken: 'The tool',
  })
})

test('[MO20] tries are told apart by turn and by text, not by step or try', () => {
  const request = chat([user('fail always')])
  const key = computeAttemptKey('turn1/model-1/1.1', request)
  expect(computeAttemptKey('turn1/model-2/2.7', request)).toBe(key)
  expect(computeAttemptKey('turn2/model-1/1.1', request)).not.toBe(key)
  expect(computeAttemptKey('turn1/model-1/1.1', chat([user('hang')]))).not.toBe(key)
})

test('[MO36] neither a note nor a message taken in makes another message of it', () => {
  const now = user('[Nightshift: it is Monday 23 November 2026, 10:40 in UTC.]')
  const key = computeAttemptKey('turn1/model-1/1.1', chat([now, user('fail always')]))
  expect(computeAttemptKey('turn1/model-2/1.1', chat([now, user('fail always'), user('hurry')]))).toBe(key)
})

test('[MO20] without a correlation id the conversation stands for the turn', () => {
  const once = chat([user('fail always')])
  const twice = chat([user('fail always'), { role: 'assistant', content: '' }, user('fail always')])
  expect(computeAttemptKey('', once)).toBe(computeAttemptKey('', once))
  expect(computeAttemptKey('', once)).not.toBe(computeAttemptKey('', twice))
})

test.each(['', 'nonsense', '{}', '{"model":"m","messages":[]}', '{"model":"m","messages":[{"role":"king"}]}'])(
  '[MO24] a request that cannot be read is refused: %j',
  (body) => expect(() => parseChatRequest(body)).toThrow(RequestError),
)
