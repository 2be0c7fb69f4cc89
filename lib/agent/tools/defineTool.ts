/** What a tool is here: a description for the model, a schema for its input, and a function that only callTool runs. */
import type { z } from 'zod'

export interface ToolContext {
  /** `<turn>/<model step>/<position>`: the same when the same call is made again after a crash. Hand it to whatever has an effect. */
  idempotencyKey: string
  /** The turn was stopped, or the tool's time is up. */
  signal: AbortSignal
  now: () => number
}

export interface AgentTool {
  name: string
  description: string
  inputSchema: z.ZodType
  /**
   * May it run again when it is not known whether it already had its effect (the worker died meanwhile)? Only for tools without
   * effects, or whose effect takes the idempotency key. The default is no.
   */
  repeatable: boolean
  timeoutMs: number
  /** Takes what the model sent, unchecked, and gives a JSON value. */
  run: (input: unknown, context: ToolContext) => Promise<unknown>
}

/** The model's input did not fit: said to the model, which may try again. */
export class BadToolInput extends Error {}

export function defineTool<Schema extends z.ZodType>(definition: {
  name: string
  description: string
  inputSchema: Schema
  repeatable?: boolean
  timeoutMs?: number
  run: (input: z.output<Schema>, context: ToolContext) => unknown
}): AgentTool {
  const { name, description, inputSchema, repeatable = false, timeoutMs = 30_000 } = definition
  return {
    name,
    description,
    inputSchema,
    repeatable,
    timeoutMs,
    async run(input, context) {
      const parsed = inputSchema.safeParse(input)
      if (!parsed.success) {
        const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`)
        throw new BadToolInput(`The input does not fit. ${problems.join('; ')}`)
      }
      return definition.run(parsed.data, context)
    },
  }
}
