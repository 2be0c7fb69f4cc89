import { expect, test } from 'vitest'
import type { OfferedTool } from './chatRequest.ts'
import { computeTitle } from './computeTitle.ts'
import { decideReply, type Situation } from './decideReply.ts'
import { helpText } from './helpText.ts'
import type { Conversation } from './readConversation.ts'
import type { Reply } from './reply.ts'

const clockTool: OfferedTool = {
  function: { name: 'current_time', parameters: { properties: { timeZone: { type: 'string' } } } },
}

const silence: Conversation = {
  prompt: '',
  promptAt: 0,
  input: '',
  isToGoOn: false,
  steered: [],
  before: [],
  system: '',
  calls: [],
  everyCall: [],
  others: [],
  spoken: '',
  words: 1,
}

function decide(prompt: string, more: Partial<Conversation> & Partial<Omit<Situation, 'conversation'>> = {}): Reply {
  const { tools = [], earlierTries = 0, mostTokens, mayCall = true, model = 'nightshift-local', ...rest } = more
  const conversation = { ...silence, prompt, input: prompt, ...rest }
  return decideReply({ conversation, model, tools, mayCall, earlierTries, mostTokens })
}

function textOf(reply: Reply): string {
  if (reply.kind !== 'say') throw new Error(`expected words, got ${reply.kind}`)
  return reply.tokens.join('')
}

test('[MO6] echo says the text exactly', () => {
  const text = 'a  **b**\n\n```ts\nconst x = 1\n```'
  expect(textOf(decide(`echo ${text}`))).toBe(text)
})

test('[MO7] count to n is one number a token', () => {
  expect(decide('count to 4')).toEqual({ kind: 'say', tokens: ['1', ' 2', ' 3', ' 4'], ending: 'stop', silentMs: 0 })
})

test.each([1, 8, 47, 300])('[MO8] write %i words is exactly that many, one a token, the same each time', (words) => {
  const reply = decide(`write ${words} words`)
  expect(textOf(reply).split(/\s+/)).toHaveLength(words)
  expect(reply).toMatchObject({ tokens: { length: words } })
  expect(decide(`write ${words} words`)).toEqual(reply)
})

test('[MO9] time calls the tool whose name contains time, once for each zone, at once', () => {
  expect(decide('time in Asia/Tokyo and Europe/Paris', { tools: [clockTool] })).toEqual({
    kind: 'call',
    calls: [
      { name: 'current_time', arguments: '{"timeZone":"Asia/Tokyo"}' },
      { name: 'current_time', arguments: '{"timeZone":"Europe/Paris"}' },
    ],
  })
  expect(decide('time', { tools: [clockTool] })).toEqual({
    kind: 'call',
    calls: [{ name: 'current_time', arguments: '{}' }],
  })
})

test('[MO9] a zone that the tool requires is given', () => {
  const strict = { function: { name: 'getTime', parameters: { properties: { zone: {} }, required: ['zone'] } } }
  expect(decide('time', { tools: [strict] })).toEqual({
    kind: 'call',
    calls: [{ name: 'getTime', arguments: '{"zone":"UTC"}' }],
  })
})

test('[MO9] after the tool results the reply says them', () => {
  const results = ['{"zone":"Asia/Tokyo","time":"21:00"}', '"13:00 in Paris"']
  const calls = results.map((result) => ({ name: 'current_time', arguments: '{}', result }))
  const text = textOf(decide('time in Asia/Tokyo and Europe/Paris', { tools: [clockTool], calls }))
  expect(text).toContain('zone: Asia/Tokyo, time: 21:00')
  expect(text).toContain('13:00 in Paris')
})

test('[MO9] without a tool for it the time is not told', () => {
  expect(textOf(decide('time'))).toContain('no tool')
})

test('[MO10] fail n times answers 500 for the first n tries and then says the text', () => {
  const kinds = [0, 1, 2].map((earlierTries) => decide('fail 2 times then say done', { earlierTries }).kind)
  expect(kinds).toEqual(['refuse', 'refuse', 'say'])
  expect(textOf(decide('fail 2 times then say done', { earlierTries: 2 }))).toBe('done')
})

test('[MO10] fail always never stops failing', () => {
  expect(decide('fail always', { earlierTries: 1_000 })).toMatchObject({ kind: 'refuse', status: 500 })
})

test('[MO11] cut sends n tokens of other words, breaks off once, then says the text', () => {
  const first = decide('cut after 7 tokens then say whole')
  expect(first).toMatchObject({ ending: 'cut', tokens: { length: 7 } })
  expect(textOf(first)).not.toContain('whole')
  expect(decide('cut after 7 tokens then say whole', { earlierTries: 1 })).toMatchObject({
    ending: 'stop',
    tokens: ['whole'],
  })
})

test('[MO13] think is silent for its seconds first', () => {
  expect(decide('think 1.5 seconds then say so')).toMatchObject({ silentMs: 1500, tokens: ['so'] })
})

test('[MO14] rate limit answers 429 once, with the seconds to wait', () => {
  expect(decide('rate limit 4 seconds then say ok')).toMatchObject({
    kind: 'refuse',
    status: 429,
    retryAfterSeconds: 4,
  })
  expect(textOf(decide('rate limit 4 seconds then say ok', { earlierTries: 1 }))).toBe('ok')
})

test('[MO15] garble breaks the stream once', () => {
  expect(decide('garble')).toMatchObject({ ending: 'garble' })
  expect(decide('garble', { earlierTries: 1 })).toMatchObject({ ending: 'stop' })
})

test('[MO16] anything else is told what the product does and which keys to set', () => {
  expect(textOf(decide('Good morning'))).toBe(helpText)
  for (const name of [
    'AI_GATEWAY_API_KEY',
    'OPENAI_API_KEY',
    'ANTHROPIC_API_KEY',
    'GOOGLE_GENERATIVE_AI_API_KEY',
    'OPENAI_COMPATIBLE_BASE_URL',
  ]) {
    expect(helpText).toContain(name)
  }
})

test('[MO17] a request that asks for a short title gets the first words, whatever they are', () => {
  const system = 'Write a short title for this conversation.'
  expect(textOf(decide('echo the quick brown fox jumps over it', { system }))).toBe('The quick brown fox jumps over')
  expect(textOf(decide('fail always', { system }))).toBe('Fail always')
  expect(computeTitle('User: hello\nAssistant: hi')).toBe('Hello')
  expect(computeTitle('  ')).toBe('New chat')
})

test('[MO18] a reply goes on from what the assistant has already said', () => {
  expect(textOf(decide('count to 6', { spoken: '1 2 3' }))).toBe(' 4 5 6')
  expect(decide('count to 3', { spoken: '1 2 3' })).toMatchObject({ tokens: [], ending: 'stop' })
  expect(textOf(decide('count to 3', { spoken: 'something else' }))).toBe('1 2 3')
})

test('[MO19] a limit of tokens ends the reply with the reason length', () => {
  expect(decide('count to 9', { mostTokens: 2 })).toMatchObject({ tokens: ['1', ' 2'], ending: 'length' })
  expect(decide('count to 2', { mostTokens: 2 })).toMatchObject({ ending: 'stop' })
})

test('[MO33] reason thinks first, for as long as it was told to', () => {
  expect(decide('reason then say so')).toMatchObject({ tokens: ['so'], reasoning: { tokens: { length: 24 } } })
  expect(decide('reason 2 seconds then say so')).toMatchObject({ tokens: ['so'], reasoning: { seconds: 2 } })
  expect(decide('reason then say so', { spoken: 's' })).toMatchObject({ tokens: ['o'] })
  expect(decide('reason then say so', { spoken: 's' })).not.toHaveProperty('reasoning')
})

test('[MO33] the thinker thinks before whatever it says or calls, the others only when asked', () => {
  const model = 'nightshift-thinker'
  expect(decide('echo hi', { model })).toMatchObject({ tokens: ['hi'], reasoning: { tokens: { length: 24 } } })
  expect(decide('time', { model, tools: [clockTool] })).toMatchObject({ kind: 'call', reasoning: {} })
  expect(decide('echo hi')).not.toHaveProperty('reasoning')
})

test('[MO38] a model that is named refuses for good, at every try; the others answer', () => {
  const prompt = 'fail for good on nightshift-local then say so'
  expect(decide(prompt, { earlierTries: 9 })).toMatchObject({ kind: 'refuse', status: 404 })
  expect(textOf(decide(prompt, { model: 'nightshift-spare' }))).toBe('so')
  expect(decide('out of credit then say so')).toMatchObject({ kind: 'refuse', status: 402 })
})
