/** What a tool is here: a description for the model, a schema for its input, and a function that only callTool runs. */
import type { z } from 'zod'
import type { Permission, WaitSpec } from '../../../convex/validators.ts'
import { tidySummary } from './tidySummary.ts'

export interface ToolContext {
  /** `<turn>/<model step>/<position>`: the same when the same call is made again after a crash. Hand it to whatever has an effect. */
  idempotencyKey: string
  /** The turn was stopped, or the tool's time is up. */
  signal: AbortSignal
  now: () => number
  ownerId: string
  threadId: string
  /** Of the person; `UTC` until their browser has told. */
  timeZone: string
}

/** What is known of the person when it is decided whether to ask them. */
export interface PersonWords {
  /** What they wrote themselves in the recent turns of this thread, and nothing that a model, a tool or a page wrote. */
  personTexts: readonly string[]
}

export interface AgentTool {
  name: string
  description: string
  /** Words people use for it: by them, its name and its description it is found. */
  keywords: readonly string[]
  inputSchema: z.ZodType
  /**
   * May it run again when it is not known whether it already had its effect (the worker died meanwhile)? Only for tools without
   * effects, or whose effect takes the idempotency key. The default is no.
   */
  repeatable: boolean
  timeoutMs: number
  /** Of a person who has set nothing. */
  permission: Permission
  /** Checks what the model sent and gives it back with its defaults: what is approved and run is this. Throws BadToolInput. */
  check: (input: unknown) => unknown
  /** Asks the person whatever they have allowed, `never` apart. */
  mustAsk: (input: unknown, words: PersonWords) => boolean
  /** One sentence for people: exactly what will be done. */
  summarize: (input: unknown) => string
  /** Gives a JSON value, or `waitFor(…)`. Like all of these it takes unchecked input. */
  run: (input: unknown, context: ToolContext) => Promise<unknown>
}

/** The model's input did not fit: said to the model, which may try again. */
export class BadToolInput extends Error {}

/** A registered symbol: a bundler may load this module twice, and no JSON from outside can carry it. */
const waitTag: unique symbol = Symbol.for('nightshift.wait')

/** Approvals are callTool's affair. */
type ToolWait = Exclude<WaitSpec, { kind: 'approval' }>

/** Returned by a tool whose result is still to come: the turn ends, and what ends the wait goes on in a new one. */
export function waitFor(spec: ToolWait): { readonly [waitTag]: ToolWait } {
  return { [waitTag]: spec }
}

export function waitOf(result: unknown): ToolWait | undefined {
  const isWait = (value: unknown): value is ReturnType<typeof waitFor> =>
    typeof value === 'object' && value !== null && waitTag in value
  return isWait(result) ? result[waitTag] : undefined
}

export function defineTool<Schema extends z.ZodType>(definition: {
  name: string
  description: string
  keywords: readonly string[]
  /** It may fill in defaults, but not transform: checking what was checked must give the same. */
  inputSchema: Schema
  repeatable?: boolean
  timeoutMs?: number
  permission?: Permission
  mustAsk?: (input: z.output<Schema>, words: PersonWords) => boolean
  summarize: (input: z.output<Schema>) => string
  run: (input: z.output<Schema>, context: ToolContext) => unknown
}): AgentTool {
  const { name, description, keywords, inputSchema, mustAsk } = definition
  const check = (input: unknown): z.output<Schema> => {
    const parsed = inputSchema.safeParse(input)
    if (parsed.success) return parsed.data
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`)
    throw new BadToolInput(`The input does not fit. ${problems.join('; ')}`)
  }
  return {
    name,
    description,
    keywords,
    inputSchema,
    repeatable: definition.repeatable ?? false,
    timeoutMs: definition.timeoutMs ?? 30_000,
    permission: definition.permission ?? 'always',
    check,
    mustAsk: (input, words) => mustAsk?.(check(input), words) ?? false,
    summarize: (input) => tidySummary(definition.summarize(check(input))),
    run: async (input, context) => definition.run(check(input), context),
  }
}
