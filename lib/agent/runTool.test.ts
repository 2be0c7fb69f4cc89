import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ConvexUnreachable } from '../convex/serviceTransport.ts'
import { boundOutput } from './boundOutput.ts'
import { runTool, type ToolRun } from './runTool.ts'
import { type AgentTool, defineTool, waitFor } from './tools/defineTool.ts'

const echo = (over: Partial<AgentTool> = {}): AgentTool => ({
  ...defineTool({
    name: 'echo',
    description: 'Says it again.',
    keywords: [],
    inputSchema: z.object({ text: z.string() }),
    summarize: ({ text }) => `Say ${text}.`,
    run: ({ text }, { idempotencyKey, ownerId, timeZone }) => ({ text, idempotencyKey, ownerId, timeZone }),
  }),
  ...over,
})

const run = (over: Partial<ToolRun> = {}) =>
  runTool({
    tool: echo(),
    input: { text: 'hi' },
    about: { idempotencyKey: 'turn/0/1', ownerId: 'ada', threadId: 't1', timeZone: 'UTC' },
    stop: new AbortController().signal,
    ...over,
  })

describe('running a tool', () => {
  it('gives it the ledger key and whose turn it is, and keeps its answer', async () => {
    expect(await run()).toEqual({
      kind: 'tool',
      output: '{"text":"hi","idempotencyKey":"turn/0/1","ownerId":"ada","timeZone":"UTC"}',
      failed: false,
    })
  })

  it('commits a wait when it asks to wait', async () => {
    const spec = { kind: 'time' as const, until: 5 }
    expect(await run({ tool: echo({ run: async () => waitFor(spec) }) })).toEqual({
      kind: 'wait',
      wait: spec,
      key: 'turn/0/1',
    })
  })

  it.each([
    ['input of another shape', { input: { text: 7 } }, 'text:'],
    ['a tool that throws', { tool: echo({ run: () => Promise.reject(new Error('no such city')) }) }, 'no such city'],
    ['a tool that throws no error', { tool: echo({ run: () => Promise.reject('x') }) }, 'The tool failed'],
    [
      'a tool that hangs',
      { tool: echo({ timeoutMs: 30, run: () => new Promise(() => undefined) }) },
      'No answer within 30 ms',
    ],
    [
      'a turn that was stopped',
      { tool: echo({ run: () => new Promise(() => undefined) }), stop: AbortSignal.abort() },
      'stopped',
    ],
    ['a flood of numbers', { tool: echo({ run: async () => Array.from({ length: 60_000 }, () => 1) }) }, 'too long'],
    ['what JSON cannot hold', { tool: echo({ run: async () => 1n }) }, 'BigInt'],
  ] satisfies [string, Partial<ToolRun>, string][])(
    'answers the model when there is %s',
    async (_name, over, words) => {
      const outcome = await run(over)
      expect(outcome).toMatchObject({ kind: 'tool', failed: true })
      expect(JSON.parse('output' in outcome ? outcome.output : '')).toContain(words)
    },
  )
})

it('does not say that a call has failed when the database was away: the step is called again', async () => {
  const away = new ConvexUnreachable('HTTP 503', undefined)
  await expect(run({ tool: echo({ run: () => Promise.reject(away) }) })).rejects.toBe(away)
})

describe('what a tool says', () => {
  it('is cut where it is a long text, and says how much is missing', () => {
    const output = boundOutput({ title: 'Page', text: 'x'.repeat(60_000) })
    expect(output.length).toBeLessThanOrEqual(50_000)
    expect(JSON.parse(output)).toEqual({
      title: 'Page',
      text: `${'x'.repeat(40_000)}… [20000 more characters were left out here]`,
    })
    const many = boundOutput(Array.from({ length: 20 }, () => ({ text: '\u0001'.repeat(3_000) })))
    expect(many.length).toBeLessThanOrEqual(50_000)
    expect(JSON.parse(many)).toHaveLength(20)
  })

  it('is never cut in the middle of a character', () => {
    const [text] = JSON.parse(boundOutput([`x${'😀'.repeat(30_000)}`]))
    expect(text.isWellFormed()).toBe(true)
    expect(text).toContain('left out here')
  })

  it('is null when it is nothing that JSON knows', () => {
    expect([undefined, null, () => 1].map(boundOutput)).toEqual(['null', 'null', 'null'])
  })
})
