/** Runs a checked tool call, within its time and until the turn is stopped. */
import type { CommitResult } from '../../convex/validators.ts'
import { boundOutput } from './boundOutput.ts'
import { type AgentTool, type ToolContext, waitOf } from './tools/defineTool.ts'

export interface ToolRun {
  tool: AgentTool
  input: unknown
  about: Omit<ToolContext, 'signal' | 'now'>
  stop: AbortSignal
}

export const failedCall = (message: string): CommitResult => ({
  kind: 'tool',
  output: boundOutput(message),
  failed: true,
})

/** Never throws: what went wrong is an answer to the model, which may try again or say so. */
export async function runTool({ tool, input, about, stop }: ToolRun): Promise<CommitResult> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(tool.timeoutMs)])
  const ended = new Promise<never>((_resolve, reject) => {
    const end = () =>
      reject(new Error(stop.aborted ? 'The turn was stopped.' : `No answer within ${tool.timeoutMs} ms.`))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
  try {
    const running = tool.run(input, { ...about, signal, now: Date.now })
    const result = await Promise.race([running, ended])
    const wait = waitOf(result)
    if (wait) return { kind: 'wait', wait, key: about.idempotencyKey }
    return { kind: 'tool', output: boundOutput(result), failed: false }
  } catch (error) {
    return failedCall(error instanceof Error ? error.message : 'The tool failed.')
  }
}
