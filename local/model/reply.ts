/** What one request gets. */
import type { ToolCall } from './parseCalls.ts'
import { splitTokens } from './splitTokens.ts'

/** What is thought before speaking. With `seconds` it takes that long, else it comes at the usual pace. */
export interface Reasoning {
  tokens: string[]
  seconds?: number
}

export interface Say {
  kind: 'say'
  tokens: string[]
  ending: 'stop' | 'length' | 'cut' | 'garble'
  silentMs: number
  reasoning?: Reasoning
}

export type Reply =
  | Say
  | { kind: 'call'; calls: ToolCall[]; reasoning?: Reasoning }
  | { kind: 'refuse'; status: 402 | 404 | 429 | 500; message: string; retryAfterSeconds?: number }
  | { kind: 'hang' }

/** A text, or its tokens. */
export function say(what: string | string[], silentMs = 0): Say {
  return { kind: 'say', tokens: typeof what === 'string' ? splitTokens(what) : what, ending: 'stop', silentMs }
}
