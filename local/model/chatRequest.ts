/** The request shape of `POST /v1/chat/completions`: what is read of it, and nothing else. Unknown fields are tolerated. */
import { z } from 'zod'

const textPart = z.looseObject({ type: z.literal('text'), text: z.string() })
const otherPart = z.looseObject({ type: z.string() })
const content = z
  .union([z.string(), z.array(z.union([textPart, otherPart])), z.null()])
  .optional()
  .transform((value) => {
    if (value === null || value === undefined) return ''
    if (typeof value === 'string') return value
    return value.map((part) => ('text' in part && typeof part['text'] === 'string' ? part['text'] : '')).join('')
  })

const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content,
  tool_calls: z
    .array(z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) }))
    .nullish(),
  tool_call_id: z.string().nullish(),
})

const tool = z.object({
  function: z.object({
    name: z.string(),
    parameters: z
      .looseObject({
        properties: z.record(z.string(), z.unknown()).optional(),
        required: z.array(z.string()).optional(),
      })
      .optional(),
  }),
})

const chatRequest = z.object({
  model: z.string(),
  messages: z.array(message).min(1),
  tools: z.array(tool).nullish(),
  /** `none`: no calls. The other choices are left to us. */
  tool_choice: z.union([z.string(), z.looseObject({})]).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.number().int().positive().nullish(),
  max_completion_tokens: z.number().int().positive().nullish(),
})

export type ChatRequest = z.infer<typeof chatRequest>
export type ChatMessage = ChatRequest['messages'][number]
export type OfferedTool = z.infer<typeof tool>

export class RequestError extends Error {}

export function parseChatRequest(body: string): ChatRequest {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch (cause) {
    throw new RequestError('The body is not JSON.', { cause })
  }
  const parsed = chatRequest.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new RequestError(`${issue?.path.join('.') || 'The body'}: ${issue?.message ?? 'not understood'}`)
  }
  return parsed.data
}
