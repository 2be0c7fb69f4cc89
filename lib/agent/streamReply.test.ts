import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { classifyError } from './classifyError.ts'
import { declareTools } from './prepareTools.ts'
import { type StreamRequest, streamReply } from './streamReply.ts'
import { chunk, done, type Misbehave, sse, startFaultyModel, usageChunk } from './test/faultyModel.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function setUp(misbehave: Misbehave, over: Partial<StreamRequest> = {}) {
  const { model, seen, close } = await startFaultyModel(misbehave)
  closers.push(close)
  const texts: string[] = []
  const stop = new AbortController()
  const request: StreamRequest = {
    model,
    instructions: 'Be brief.',
    messages: [{ role: 'user', content: 'hello' }],
    tools: declareTools(['currentTime']),
    toolChoice: 'auto',
    headers: { 'x-correlation-id': 'turn/model-0/1.1' },
    stop: stop.signal,
    budgetMs: 5_000,
    stallMs: 5_000,
    onText: (text) => texts.push(text),
    onThinking: () => texts.push('<thinks>'),
    ...over,
  }
  return { run: () => streamReply(request), texts, seen, stop }
}

async function failureOf(misbehave: Misbehave, over: Partial<StreamRequest> = {}) {
  const { run, seen } = await setUp(misbehave, over)
  const error = await run().then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error, 'the call must fail').toBeDefined()
  expect(seen, 'the SDK must not retry by itself').toHaveLength(1)
  return classifyError(error, Date.now())
}

describe('one call of the model', () => {
  it('hands text on as it comes and ends with finish reason, usage and the model that answered', async () => {
    const { run, texts, seen } = await setUp((response) => {
      sse(response).end(
        chunk({ role: 'assistant', content: 'Hel' }) + chunk({ content: 'lo' }) + chunk({}, 'stop') + usageChunk + done,
      )
    })
    expect(await run()).toEqual({
      kind: 'ended',
      finishReason: 'stop',
      toolCalls: [],
      usage: expect.objectContaining({ inputTokens: 3, outputTokens: 2, totalTokens: 5 }),
    })
    expect(texts.join('')).toBe('Hello')
    expect(seen[0]?.headers['x-correlation-id']).toBe('turn/model-0/1.1')
    const body = JSON.parse(seen[0]?.body ?? '{}')
    expect(body).toMatchObject({ stream: true, stream_options: { include_usage: true } })
    expect(body.messages[0]).toEqual({ role: 'system', content: 'Be brief.' })
  })

  it('gives the tool calls their positions and runs none of them', async () => {
    const call = (index: number, id: string, name: string, args: string) =>
      chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: args } }] })
    const { run } = await setUp((response) => {
      sse(response).end(
        call(0, 'same', 'currentTime', '{"timeZone":"UTC"}') +
          call(1, 'same', 'currentTime', '{"timeZone":"Europe/Paris"}') +
          call(2, 'x', 'madeUp', '{') +
          chunk({}, 'tool_calls') +
          done,
      )
    })
    expect(await run()).toMatchObject({
      finishReason: 'tool-calls',
      toolCalls: [
        { position: 0, name: 'currentTime', input: '{"timeZone":"UTC"}' },
        { position: 1, name: 'currentTime', input: '{"timeZone":"Europe/Paris"}' },
        { position: 2, name: 'madeUp' },
      ],
    })
  })

  it('ends at the budget with what there is, and closes the connection', async () => {
    const { run, texts, seen } = await setUp(
      (response) => {
        sse(response).write(chunk({ content: 'so far' }))
      },
      { budgetMs: 150 },
    )
    expect(await run()).toEqual({ kind: 'ended', finishReason: 'budget', toolCalls: [] })
    expect(texts).toEqual(['so far'])
    await vi.waitFor(() => expect(seen[0]?.closedEarly).toBe(true))
  })

  it.each([
    ['before the headers', () => undefined],
    ['before the first token', (response) => sse(response).flushHeaders()],
    ['mid-stream', (response) => sse(response).write(chunk({ content: 'a' }))],
  ] satisfies [string, Misbehave][])('aborts the request at once when stopped %s', async (_when, misbehave) => {
    const { run, seen, stop } = await setUp(misbehave)
    const running = run()
    await vi.waitFor(() => expect(seen).toHaveLength(1))
    const stoppedAt = performance.now()
    stop.abort()
    expect(await running).toEqual({ kind: 'stopped' })
    await vi.waitFor(() => expect(seen[0]?.closedEarly).toBe(true))
    expect(performance.now() - stoppedAt).toBeLessThan(1_000)
  })

  it('hands on that it thinks, once, and gives the thoughts and their time with the end, apart from the text', async () => {
    const { run, texts } = await setUp((response) => {
      sse(response).write(chunk({ reasoning_content: 'Let me ' }) + chunk({ reasoning_content: 'see.' }))
      // Much longer than what is asked for below: on a busy machine the thoughts may be late.
      setTimeout(() => response.end(chunk({ content: 'Yes.' }) + chunk({}, 'stop') + usageChunk + done), 300)
    })
    const end = await run()
    expect(texts).toEqual(['<thinks>', 'Yes.'])
    expect(end).toMatchObject({ kind: 'ended', finishReason: 'stop', reasoning: { text: 'Let me see.' } })
    expect(end.kind === 'ended' && end.reasoning?.ms).toBeGreaterThanOrEqual(50)
  })

  it('keeps nothing of the thoughts of a reply that is stopped while it thinks', async () => {
    const { run, texts, stop } = await setUp((response) => sse(response).write(chunk({ reasoning_content: 'Hm' })))
    const running = run()
    await vi.waitFor(() => expect(texts).toEqual(['<thinks>']))
    stop.abort()
    expect(await running).toEqual({ kind: 'stopped' })
  })

  it('takes thinking for a sign of life, and silence after it for a stall', async () => {
    const thinking: Misbehave = (response) => {
      sse(response)
      let sent = 0
      const timer = setInterval(() => {
        sent += 1
        if (sent <= 6) response.write(chunk({ reasoning_content: 'x' }))
        else {
          clearInterval(timer)
          response.end(chunk({ content: 'y' }, 'stop') + done)
        }
      }, 50)
    }
    const { run } = await setUp(thinking, { stallMs: 200 })
    expect(await run()).toMatchObject({ reasoning: { text: 'xxxxxx' } })
    const silent = await failureOf((response) => sse(response).write(chunk({ reasoning_content: 'x' })), {
      stallMs: 150,
    })
    expect(silent.class).toBe('stalled')
  })

  it('asks nothing of the provider when stopped before it began', async () => {
    const stop = AbortSignal.abort()
    const { run, seen } = await setUp((response) => sse(response).end(done), { stop })
    expect(await run()).toEqual({ kind: 'stopped' })
    expect(seen).toEqual([])
  })
})

describe('what goes wrong is classified', () => {
  const status =
    (code: number, headers: Record<string, string>, message: string): Misbehave =>
    (response) => {
      response
        .writeHead(code, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify({ error: { message } }))
    }

  it.each([
    [429, 'slow down', 'rate-limited'],
    [429, 'You exceeded your current quota', 'quota'],
    [500, 'oops', 'overloaded'],
    [503, 'warming up', 'overloaded'],
    [529, 'overloaded', 'overloaded'],
    [408, 'timeout', 'overloaded'],
    [401, 'bad key', 'misconfigured'],
    [403, 'forbidden', 'misconfigured'],
    [402, 'pay', 'quota'],
    [404, 'no such model', 'rejected'],
    [400, 'bad parameter', 'rejected'],
    [400, "This model's maximum context length is 8192 tokens", 'context-too-long'],
    [413, 'too large', 'context-too-long'],
  ] as const)('HTTP %i “%s” is %s', async (code, message, expected) => {
    expect((await failureOf(status(code, {}, message))).class).toBe(expected)
  })

  it('honours Retry-After in seconds, as a date and in milliseconds', async () => {
    expect((await failureOf(status(429, { 'retry-after': '7' }, 'slow'))).retryAfterMs).toBe(7_000)
    expect((await failureOf(status(503, { 'retry-after-ms': '1500' }, 'slow'))).retryAfterMs).toBe(1_500)
    const date = new Date(Date.now() + 60_000).toUTCString()
    const { retryAfterMs = 0 } = await failureOf(status(429, { 'retry-after': date }, 'slow'))
    expect(retryAfterMs).toBeGreaterThan(55_000)
    expect(retryAfterMs).toBeLessThanOrEqual(60_000)
    expect((await failureOf(status(429, { 'retry-after': 'soon' }, 'slow'))).retryAfterMs).toBeUndefined()
  })

  it('a dead port is a connection', async () => {
    const model = createOpenAICompatible({ name: 'dead', baseURL: 'http://127.0.0.1:1/v1' })('any')
    const { run } = await setUp(() => undefined, { model })
    const error = await run().catch((reason: unknown) => reason)
    expect(classifyError(error, 0).class).toBe('connection')
  })

  it('a connection that is dropped before the answer is a connection', async () => {
    expect((await failureOf((response) => response.destroy())).class).toBe('connection')
  })

  it('a stream that is cut is a connection, however it ends', async () => {
    const cut = await failureOf((response) => {
      sse(response).write(chunk({ content: 'half a' }))
      setImmediate(() => response.destroy())
    })
    expect(cut.class).toBe('connection')
    const ended = await failureOf((response) => sse(response).end(chunk({ content: 'half a' })))
    expect(ended.class).toBe('connection')
  })

  it('events that are no JSON, or no chat, are garbled', async () => {
    const noJson = await failureOf((response) =>
      sse(response).end(`${chunk({ content: 'a' })}data: {"cho\n\ndata: %%%\n\n${done}`),
    )
    expect(noJson.class).toBe('garbled')
    const noChat = await failureOf((response) => sse(response).end(`data: {"choices":"none"}\n\n${done}`))
    expect(noChat.class).toBe('garbled')
  })

  it('an error sent in the stream is what its words say', async () => {
    const event =
      (error: object): Misbehave =>
      (response) =>
        sse(response).end(`${chunk({ content: 'a' })}data: ${JSON.stringify({ error })}\n\n${done}`)
    expect((await failureOf(event({ message: 'Overloaded', type: 'overloaded_error', code: 529 }))).class).toBe(
      'overloaded',
    )
    expect((await failureOf(event({ message: 'slow', type: 'rate_limit', code: 429 }))).class).toBe('rate-limited')
  })

  it('silence is a stall, before the headers and after some text', async () => {
    expect((await failureOf(() => undefined, { stallMs: 150 })).class).toBe('stalled')
    const later = await failureOf((response) => sse(response).write(chunk({ content: 'a' })), { stallMs: 150 })
    expect(later.class).toBe('stalled')
  })

  it('a slow model is no stall while something comes', async () => {
    const { run, texts } = await setUp(
      (response) => {
        sse(response)
        let sent = 0
        const timer = setInterval(() => {
          sent += 1
          if (sent <= 6) response.write(chunk({ content: 'x' }))
          else {
            clearInterval(timer)
            response.end(chunk({}, 'stop') + done)
          }
        }, 50)
      },
      { stallMs: 200 },
    )
    expect(await run()).toMatchObject({ kind: 'ended', finishReason: 'stop' })
    expect(texts.join('')).toBe('xxxxxx')
  })
})
