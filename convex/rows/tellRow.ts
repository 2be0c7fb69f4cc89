/** One row of the history as the model is shown it: without thoughts, and with what is long cut. */
import { v } from 'convex/values'
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { cutJson, cutMiddle } from '../decisions/chooseHistory.ts'
import {
  causeValidator,
  type Part,
  partValidator,
  statusValidator,
  waitKindValidator,
  waitStateValidator,
} from '../validators.ts'
import { messageText } from './messageView.ts'

/** Of an earlier turn: what mattered of it stands in the reply. */
const mostJsonChars = 2_000

const told = {
  messageId: v.string(),
  text: v.string(),
  createdAt: v.number(),
  /** On an input: why it is there, if the person did not just write it. */
  cause: causeValidator,
  /** On an input: the wait whose end it is. */
  wait: v.optional(
    v.object({
      kind: waitKindValidator,
      state: waitStateValidator,
      tool: v.optional(v.string()),
      question: v.optional(v.string()),
      answer: v.optional(v.string()),
    }),
  ),
  /** On an input: the schedule ran late. */
  due: v.optional(v.object({ at: v.number(), missed: v.number() })),
}
export const toldInputValidator = v.object(told)
export const toldValidator = v.object({
  ...told,
  role: v.union(v.literal('user'), v.literal('assistant')),
  /** Instead of `text`, when there is more than text. `input` and `output` are JSON text. */
  parts: v.optional(v.array(partValidator)),
  status: statusValidator,
  /** On a reply: the person stopped it there. The caller says so to the model. */
  stopped: v.boolean(),
  /** On a reply: it broke off there. */
  failed: v.boolean(),
})
export type Told = typeof toldValidator.type
type ToldInput = typeof toldInputValidator.type

export async function tellInput(ctx: QueryCtx, row: Doc<'messages'>): Promise<ToldInput> {
  const { messageId, text, createdAt, cause = 'message', due } = row
  const wait = row.wait ? await ctx.db.get(row.wait) : null
  return { messageId, text, createdAt, cause, ...(wait ? { wait: waitOf(wait) } : {}), ...(due ? { due } : {}) }
}

function waitOf({ kind, state, tool, question, answer }: Doc<'waits'>): NonNullable<ToldInput['wait']> {
  return {
    kind,
    state,
    ...(tool === undefined ? {} : { tool }),
    ...(question === undefined ? {} : { question }),
    ...(answer === undefined ? {} : { answer }),
  }
}

/** `mostChars`: one text may take a quarter of the budget, which is in tokens of four units. */
export async function tell(ctx: QueryCtx, row: Doc<'messages'>, mostChars: number): Promise<Told> {
  const { role, status } = row
  const isReply = role === 'assistant'
  const base = isReply ? { cause: row.cause ?? 'message', createdAt: row.createdAt } : await tellInput(ctx, row)
  const parts = row.parts?.flatMap((part) => tellPart(part, mostChars))
  return {
    ...base,
    role,
    messageId: row.messageId,
    text: parts ? '' : cutMiddle(messageText(row), mostChars),
    ...(parts ? { parts } : {}),
    status,
    stopped: isReply && status === 'cancelled',
    failed: isReply && status === 'failed',
  }
}

function tellPart(part: Part, mostChars: number): Part[] {
  switch (part.type) {
    case 'reasoning':
      return []
    case 'tool': {
      const output = part.output === undefined ? {} : { output: cutJson(part.output, mostJsonChars) }
      return [{ ...part, input: cutJson(part.input, mostJsonChars), ...output }]
    }
    case 'text':
    case 'steer':
      return [{ ...part, text: cutMiddle(part.text, mostChars) }]
  }
}
