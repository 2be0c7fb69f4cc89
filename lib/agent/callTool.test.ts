import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { runTool, type ToolRun } from './callTool.ts'
import { type AgentTool, defineTool } from './tools/defineTool.ts'

const echo = (over: Partial<AgentTool> = {}): AgentTool => ({
  ...defineTool({
    name: 'echo',
    description: 'Says it again.',
    keywords: [],
    summarize: ({ text }) => `Say ${text}.`,
    inputSchema: z.object({ text: z.string().max(100_000) }),
    run: ({ text }, { idempotencyKey }) => ({ text, idempotencyKey }),
  }),
  ...over,
})

const run = (over: Partial<ToolRun> = {}) =>
  runTool({
    call: { name: 'echo', input: '{"text":"hi"}' },
    tool: echo(),
    isRepeat: false,
    about: { idempotencyKey: 'turn/0/1', ownerId: 'ada', threadId: 't1', timeZone: 'UTC' },
    stop: new AbortController().signal,
    ...over,
  })

describe('running a tool', () => {
  it('gives it the ledger key and keeps its answer', async () => {
    expect(await run()).toEqual({ output: '{"text":"hi","idempotencyKey":"turn/0/1"}', failed: false })
  })

  it('does not repeat one that may have had its effect, unless it says that it may', async () => {
    expect(await run({ isRepeat: true })).toMatchObject({
      failed: true,
      output: expect.stringContaining('not repeated'),
    })
    expect(await run({ isRepeat: true, tool: echo({ repeatable: true }) })).toMatchObject({ failed: false })
  })

  it.each([
    ['a name that was made up', { tool: undefined }, 'no tool named'],
    ['input of another shape', { call: { name: 'echo', input: '{"text":7}' } }, 'text:'],
    ['input that is no JSON', { call: { name: 'echo', input: '{' } }, 'does not fit'],
    ['a tool that throws', { tool: echo({ run: () => Promise.reject(new Error('no such city')) }) }, 'no such city'],
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
    ['a flood', { call: { name: 'echo', input: JSON.stringify({ text: 'x'.repeat(60_000) }) } }, 'too long'],
  ] satisfies [string, Partial<ToolRun>, string][])(
    'answers the model when there is %s',
    async (_name, over, words) => {
      const { output, failed } = await run(over)
      expect(failed).toBe(true)
      expect(JSON.parse(output)).toContain(words)
    },
  )
})
