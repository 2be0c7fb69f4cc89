/** The agent's words with the official AI SDK provider, over real sockets: calls, reasoning, refusals, nonsense. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText, jsonSchema, type ModelMessage, stepCountIs, streamText, tool } from 'ai'
import { afterEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../kernel/clock.ts'
import { silentLog } from '../../kernel/log.ts'
import type { Profile } from '../../kernel/runServer.ts'
import { createModelServer, type ModelServer } from '../createModelServer.ts'

const servers: ModelServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function startModel(profile: Profile = 'friendly') {
  const journalPath = join(mkdtempSync(join(tmpdir(), 'model-')), 'journal.jsonl')
  const pace = { ttftMs: 1, tokensPerSecond: 5_000 }
  const server = await createModelServer({ port: 0, journalPath, clock: systemClock, log: silentLog, profile, ...pace })
  servers.push(server)
  const provider = createOpenAICompatible({ name: 'local', baseURL: `${server.origin}/v1`, includeUsage: true })
  return { server, model: (id = 'nightshift-local') => provider(id) }
}

const inputSchema = jsonSchema<Record<string, unknown>>({ type: 'object', additionalProperties: true })

function createTools() {
  const made: unknown[] = []
  const keep = tool({
    inputSchema,
    execute: (input) => {
      made.push(input)
      return { kept: made.length }
    },
  })
  return { made, tools: { keep, currentTime: tool({ inputSchema, execute: () => ({ time: '12:00' }) }) } }
}

describe.each<Profile>(['friendly', 'strict'])('%s', (profile) => {
  test('[MO30] several tools are called at once, with exactly the JSON that was written', async () => {
    const { model } = await startModel(profile)
    const { made, tools } = createTools()
    const prompt = 'use keep with {"text":"this and {that} – 世界"} and keep with {"deep":{"a":[1,null]}}'
    const result = streamText({ model: model(), prompt, tools, stopWhen: stepCountIs(5) })
    expect(await result.text).toBe('Result of keep: kept: 1\n\nResult of keep: kept: 2')
    expect(made).toEqual([{ text: 'this and {that} – 世界' }, { deep: { a: [1, null] } }])
  })

  test('[MO30] n times is n steps of one call each', async () => {
    const { model } = await startModel(profile)
    const { made, tools } = createTools()
    const prompt = 'use keep 4 times with {"n":"{i}"}'
    const result = streamText({ model: model(), prompt, tools, stopWhen: stepCountIs(9) })
    expect(await result.text).toBe('Done 4 calls.')
    expect((await result.steps).map((step) => step.toolCalls.length)).toEqual([1, 1, 1, 1, 0])
    expect(made).toEqual([{ n: '1' }, { n: '2' }, { n: '3' }, { n: '4' }])
  })

  test('[MO31] nonsense and unknown calls reach the caller as calls that cannot be made', async () => {
    const { model } = await startModel(profile)
    const { tools } = createTools()
    for (const prompt of ['call nonsense', 'call unknown tool']) {
      const result = await generateText({ model: model(), prompt, tools })
      expect(result.toolCalls, prompt).toMatchObject([{ invalid: true }])
    }
    const flood = await generateText({ model: model(), prompt: 'call 30 tools at once', tools })
    expect(flood.toolCalls).toHaveLength(30)
  })

  test('[MO33] reasoning arrives as reasoning, before the text, and is counted apart', async () => {
    const { model } = await startModel(profile)
    const result = streamText({ model: model(), prompt: 'reason then say so it is' })
    const parts: string[] = []
    for await (const { type } of result.fullStream) if (/^(reasoning|text)-(start|end)$/.test(type)) parts.push(type)
    expect(parts).toEqual(['reasoning-start', 'reasoning-end', 'text-start', 'text-end'])
    expect((await result.reasoningText)?.split(/\s+/)).toHaveLength(24)
    expect(await result.text).toBe('so it is')
    expect(await result.usage).toMatchObject({
      outputTokens: 27,
      outputTokenDetails: { reasoningTokens: 24, textTokens: 3 },
    })
    const whole = await generateText({ model: model(), prompt: 'reason then say so it is' })
    expect([whole.text, whole.reasoningText]).toEqual(['so it is', await result.reasoningText])
  })

  test('[MO33] the thinker reasons before a call, too', async () => {
    const { model } = await startModel(profile)
    const { tools } = createTools()
    const result = streamText({ model: model('nightshift-thinker'), prompt: 'time', tools, stopWhen: stepCountIs(3) })
    expect(await result.text).toBe('The tool says: time: 12:00')
    expect((await result.steps).map((step) => step.reasoning.length)).toEqual([1, 1])
  })
})

test('[MO33] reasoning takes the seconds it was given', async () => {
  const { model } = await startModel()
  const startedAt = performance.now()
  const result = streamText({ model: model(), prompt: 'reason 0.4 seconds then say so' })
  expect(await result.text).toBe('so')
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(400)
})

test.each([
  ['fail for good', 404, 'nightshift-local is not available'],
  ['out of credit', 402, 'no credit left for nightshift-local'],
])('[MO38] %s is final for one model and nothing to the next', async (words, statusCode, message) => {
  const { model, server } = await startModel()
  const prompt = `${words} then say so`
  const ask = (id: string) => generateText({ model: model(id), prompt, maxRetries: 0 })
  await expect(ask('nightshift-local')).rejects.toMatchObject({
    statusCode,
    isRetryable: false,
    message: expect.stringContaining(message),
  })
  expect((await ask('nightshift-spare')).text).toBe('so')
  const { lines } = await (await fetch(`${server.origin}/journal`)).json()
  expect(lines).toMatchObject([
    { model: 'nightshift-local' },
    { outcome: 'failed' },
    { model: 'nightshift-spare', tools: [] },
    { outcome: 'completed' },
  ])
})

test('[MO30] where the request allows no calls, none is made', async () => {
  const { model } = await startModel()
  const { tools } = createTools()
  const prompt = 'use keep with {}'
  const result = await generateText({ model: model(), prompt, tools, toolChoice: 'none' })
  expect([result.toolCalls, result.text]).toEqual([[], 'I may make no more calls in this reply.'])
})

test('[MO28] a wait, its note and an approved call are understood as the provider sends them', async () => {
  const { model } = await startModel()
  const say = async (...messages: ModelMessage[]) => {
    const all: ModelMessage[] = [{ role: 'user', content: 'ask approval to keep with {"a":1}' }, ...messages]
    return (await generateText({ model: model(), messages: all, tools: createTools().tools })).text
  }
  const call = (toolCallId: string): ModelMessage => ({
    role: 'assistant',
    content: [{ type: 'tool-call', toolCallId, toolName: 'keep', input: { a: 1 } }],
  })
  const answer = (toolCallId: string, value: { waiting: string; for: string } | { kept: number }): ModelMessage => ({
    role: 'tool',
    content: [{ type: 'tool-result', toolCallId, toolName: 'keep', output: { type: 'json', value } }],
  })
  const text = await say(
    call('call_1'),
    answer('call_1', { waiting: 'w', for: 'approval' }),
    { role: 'user', content: '[Nightshift: it is Monday 23 November 2026, 10:40 in UTC.]' },
    { role: 'user', content: '[Nightshift: the person approved the call of keep. It is made now.]' },
    call('call_2'),
    answer('call_2', { kept: 1 }),
  )
  expect(text).toBe('Done: kept: 1')
})
