/** What a tool is given when a test runs it. */
import type { ToolContext } from '../defineTool.ts'

export function toolContext(over: Partial<ToolContext> = {}): ToolContext {
  return {
    idempotencyKey: 'turn/0/0',
    signal: new AbortController().signal,
    now: () => Date.UTC(2026, 10, 23, 10, 40),
    ownerId: 'ada',
    threadId: 'thread-1',
    timeZone: 'Europe/Berlin',
    ...over,
  }
}
