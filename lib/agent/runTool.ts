/** Runs a checked tool call, within its time and until the turn is stopped. */
import type { CommitResult } from '../../convex/validators.ts'
import { ConvexUnreachable } from '../convex/serviceTransport.ts'
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

/**
 * What went wrong is an answer to the model, which may try again or say so. It throws for one reason alone: our database was away, so
 * that nobody knows whether the call had its effect. Then the step is called again, with the same key.
 */
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
    if (error instanceof ConvexUnreachable) throw error
    return failedCall(error instanceof Error ? error.message : 'The tool failed.')
  }
}
