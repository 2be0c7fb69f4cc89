/** The official AI SDK provider against the local model, over real sockets. */
import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai'
import { afterEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../kernel/clock.ts'
import { silentLog } from '../../kernel/log.ts'
import type { Profile } from '../../kernel/runServer.ts'
import { createModelServer, type ModelServer } from '../createModelServer.ts'
import { helpText } from '../helpText.ts'

interface Line {
  kind: string
  outcome?: string
  tokens?: number
  correlationId: string
}

const servers: ModelServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function startModel(
  options: { profile?: Profile; ttftMs?: number; tokensPerSecond?: number; journalPath?: string } = {},
) {
  const journalPath = options.journalPath ?? join(mkdtempSync(join(tmpdir(), 'model-')), 'journal.jsonl')
  const { profile = 'friendly', ttftMs = 1, tokensPerSecond = 5_000 } = options
  const server = await createModelServer({
    port: 0,
    journalPath,
    clock: systemClock,
    log: silentLog,
    profile,
    ttftMs,
    tokensPerSecond,
  })
  servers.push(server)
  const provider = createOpenAICompatible({ name: 'local', baseURL: `${server.origin}/v1`, includeUsage: true })
  return { server, journalPath, model: provider('nightshift-local') }
}

async function readLines(server: ModelServer): Promise<Line[]> {
  const body = (await (await fetch(`${server.origin}/journal`)).json()) as { lines: Line[] }
  return body.lines
}

const currentTime = tool({
  description: 'The current time in a time zone',
  inputSchema: jsonSchema<{ timeZone: string }>({ type: 'object', properties: { timeZone: { type: 'string' } } }),
  execute: ({ timeZone }) => ({ zone: timeZone, time: '12:00' }),
})

/** One call as the product makes it: no retries of the SDK's own, a correlation id. */
function ask(model: Parameters<typeof streamText>[0]['model'], prompt: string, correlationId = 'turn1/model-1/1.1') {
  return streamText({ model, prompt, maxRetries: 0, headers: { 'x-correlation-id': correlationId }, onError: () => {} })
}

/** The text, and the error that ended it, if one did: a refusal is a part of the stream, a broken connection is thrown. */
async function outcome(result: ReturnType<typeof ask>): Promise<{ text: string; error?: unknown }> {
  let text = ''
  try {
    for await (const part of result.fullStream) {
      if (part.type === 'text-delta') text += part.text
      if (part.type === 'error') return { text, error: part.error }
    }
  } catch (error) {
    return { text, error }
  }
  return { text }
}

describe.each<Profile>(['friendly', 'strict'])('%s', (profile) => {
  test('[MO2] a streamed reply is whole, ends with stop, and tells its usage', async () => {
    const { model } = await startModel({ profile })
    const result = ask(model, 'echo Grüße, 世界 👩‍👩‍👧!')
    expect(await result.text).toBe('Grüße, 世界 👩‍👩‍👧!')
    expect(await result.finishReason).toBe('stop')
    expect(await result.usage).toMatchObject({ inputTokens: 4, outputTokens: 3 })
  })

  test('[MO3] a request without streaming gets the same reply whole', async () => {
    const { model } = await startModel({ profile })
    const result = await generateText({ model, prompt: 'count to 5' })
    expect(result.text).toBe('1 2 3 4 5')
    expect(result.usage).toMatchObject({ inputTokens: 3, outputTokens: 5 })
  })

  test('[MO9] two zones are two parallel tool calls, answered with both results', async () => {
    const { model } = await startModel({ profile })
    const result = streamText({
      model,
      prompt: 'time in Asia/Tokyo and Europe/Paris',
      tools: { current_time: currentTime },
      stopWhen: stepCountIs(3),
    })
    const text = await result.text
    const steps = await result.steps
    expect(steps[0]?.toolCalls.map((call) => call.input)).toEqual([
      { timeZone: 'Asia/Tokyo' },
      { timeZone: 'Europe/Paris' },
    ])
    expect(steps[0]?.finishReason).toBe('tool-calls')
    expect(text).toContain('zone: Asia/Tokyo, time: 12:00')
    expect(text).toContain('zone: Europe/Paris, time: 12:00')
  })

  test('[MO10] fail n times is an HTTP 500 n times for that turn, then works; a new turn fails afresh', async () => {
    const { model } = await startModel({ profile })
    for (const tries of [1, 2]) {
      const { error } = await outcome(ask(model, 'fail 2 times then say done', `turn1/model-1/1.${tries}`))
      expect(error).toMatchObject({ statusCode: 500 })
    }
    expect((await outcome(ask(model, 'fail 2 times then say done', 'turn1/model-1/1.3'))).text).toBe('done')
    expect(await outcome(ask(model, 'fail 2 times then say done', 'turn2/model-1/1.1'))).toHaveProperty('error')
  })

  test('[MO11] cut sends its tokens and drops the connection, once', async () => {
    const { model, server } = await startModel({ profile })
    const first = await outcome(ask(model, 'cut after 5 tokens then say whole'))
    expect(first.text.split(' ')).toHaveLength(5)
    expect(first.error).toBeDefined()
    expect(await outcome(ask(model, 'cut after 5 tokens then say whole'))).toEqual({ text: 'whole' })
    expect((await readLines(server))[1]).toMatchObject({ outcome: 'cut', tokens: 5 })
  })

  test('[MO14] rate limit is a 429 with Retry-After, once', async () => {
    const { model } = await startModel({ profile })
    const first = await outcome(ask(model, 'rate limit 3 seconds then say ok'))
    expect(first.error).toMatchObject({ statusCode: 429, responseHeaders: { 'retry-after': '3' } })
    expect((await outcome(ask(model, 'rate limit 3 seconds then say ok'))).text).toBe('ok')
  })

  test('[MO15] garble is a stream that cannot be parsed, once', async () => {
    const { model } = await startModel({ profile })
    expect((await outcome(ask(model, 'garble'))).error).toBeDefined()
    expect((await outcome(ask(model, 'garble'))).text).toContain('whole')
  })

  test('[MO16] anything else is answered with what this is', async () => {
    const { model } = await startModel({ profile })
    expect(await ask(model, 'Hello!').text).toBe(helpText)
  })
})

test('[MO25] call ids are unique in the friendly profile and repeat in the strict one', async () => {
  const idsOf = async (profile: Profile) => {
    const { model } = await startModel({ profile })
    const results = await Promise.all(
      ['a', 'b'].map((turn) =>
        generateText({
          model,
          prompt: 'time',
          tools: { current_time: currentTime },
          headers: { 'x-correlation-id': turn },
        }),
      ),
    )
    return new Set(results.flatMap((result) => result.toolCalls.map((call) => call.toolCallId)))
  }
  expect((await idsOf('friendly')).size).toBe(2)
  expect((await idsOf('strict')).size).toBe(1)
})

test('[MO13] think keeps the connection open and silent, then speaks', async () => {
  const { model } = await startModel()
  const startedAt = performance.now()
  expect(await ask(model, 'think 0.3 seconds then say so').text).toBe('so')
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(300)
})

test('[MO12] hang sends nothing, not even headers', async () => {
  const { server, model } = await startModel()
  const abort = new AbortController()
  let answered = false
  const body = JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'hang' }] })
  const headers = { 'content-type': 'application/json' }
  const hanging = fetch(`${server.origin}/v1/chat/completions`, { method: 'POST', body, headers, signal: abort.signal })
  const ended = hanging.then(
    () => (answered = true),
    () => {},
  )
  await expect.poll(async () => (await readLines(server)).length).toBe(1)
  expect(await ask(model, 'echo a whole reply meanwhile').text).toBe('a whole reply meanwhile')
  expect(answered).toBe(false)
  abort.abort()
  await ended
})

test.each(['hang', 'think 60 seconds then say so', 'count to 50000'])(
  '[MO21] %s: hanging up is in the journal at once, as aborted',
  async (prompt) => {
    const { model, server } = await startModel({ tokensPerSecond: 50 })
    const abort = new AbortController()
    const result = streamText({ model, prompt, maxRetries: 0, abortSignal: abort.signal, onError: () => {} })
    const reading = result.consumeStream()
    await expect.poll(async () => (await readLines(server)).length).toBe(1)
    abort.abort()
    await reading
    await expect
      .poll(async () => (await readLines(server)).at(-1), { timeout: 1_000, interval: 10 })
      .toMatchObject({ outcome: 'aborted' })
  },
)

test('[MO20] tries count on after the process was killed and started again', async () => {
  const { model, journalPath } = await startModel()
  expect(await outcome(ask(model, 'fail 1 time then say done'))).toHaveProperty('error')
  const next = await startModel({ journalPath })
  expect((await outcome(ask(next.model, 'fail 1 time then say done'))).text).toBe('done')
})

test('[MO23] the journal counts what would be billed, by correlation id', async () => {
  const { model, server } = await startModel()
  await outcome(ask(model, 'fail 1 time then say done', 'turn9/model-1/1.1'))
  await outcome(ask(model, 'fail 1 time then say done', 'turn9/model-1/1.2'))
  const counts = await (await fetch(`${server.origin}/journal/counts?prefix=turn9/`)).json()
  expect(counts).toMatchObject({
    'turn9/model-1/1.1': { requests: 1, failed: 1, billed: 0 },
    'turn9/model-1/1.2': { requests: 1, completed: 1, tokens: 1, billed: 1 },
  })
})

test('[MO1] it answers health, lists its models, and says what it does not have', async () => {
  const { server } = await startModel()
  expect(await (await fetch(`${server.origin}/health`)).json()).toMatchObject({ status: 'ok' })
  expect(await (await fetch(`${server.origin}/v1/models`)).json()).toMatchObject({
    data: [{ id: 'nightshift-local' }, { id: 'nightshift-spare' }, { id: 'nightshift-thinker' }],
  })
  const missing = await fetch(`${server.origin}/v1/embeddings`, { method: 'POST' })
  expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining('/v1/embeddings')])
})

test('[MO24] a malformed request is a 400, a form is a 415, and neither is in the journal', async () => {
  const { server } = await startModel()
  const post = (body: string, type: string) =>
    fetch(`${server.origin}/v1/chat/completions`, { method: 'POST', body, headers: { 'content-type': type } })
  expect((await post('{', 'application/json')).status).toBe(400)
  expect((await post('{}', 'text/plain')).status).toBe(415)
  expect(await readLines(server)).toEqual([])
})

test('[MO26] a name that is not this machine is refused', async () => {
  const { server } = await startModel()
  const status = await new Promise((resolve, reject) => {
    const options = { port: server.port, path: '/journal', headers: { host: 'evil.example' } }
    httpRequest(options, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end()
  })
  expect(status).toBe(421)
})

test('[MO4] two hundred replies at once keep their pace, and cost little', async () => {
  const { server } = await startModel({ tokensPerSecond: 30, ttftMs: 50 })
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  const body = JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'count to 60' }] })
  const read = async () => {
    const response = await fetch(`${server.origin}/v1/chat/completions`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    return (await response.text()).match(/"content":" ?\d+"/g)?.length
  }
  const counts = await Promise.all(Array.from({ length: 200 }, read))
  const tookMs = performance.now() - startedAt
  const cpu = process.cpuUsage(cpuBefore)
  expect(new Set(counts)).toEqual(new Set([60]))
  // Due after 50 + 59/30 s = 2017 ms; the rest is the cost of opening 200 connections on a busy machine.
  expect(tookMs).toBeGreaterThan(2_000)
  expect(tookMs).toBeLessThan(4_500)
  // Both ends of all sockets are in this process.
  expect((cpu.user + cpu.system) / 1000).toBeLessThan(4_000)
})

test('[MO27] the process serves until SIGTERM, and its parent’s death ends it too', async () => {
  const journalPath = join(mkdtempSync(join(tmpdir(), 'model-')), 'journal.jsonl')
  for (const end of ['SIGTERM', 'disconnect'] as const) {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts')], {
      env: { ...process.env, MODEL_PORT: '0', MODEL_JOURNAL: journalPath, LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    const exited = new Promise((resolve) => child.on('exit', resolve))
    await new Promise((resolve) => child.stdout?.once('data', resolve))
    if (end === 'SIGTERM') child.kill('SIGTERM')
    else child.disconnect()
    expect(await exited).toBe(0)
  }
})
