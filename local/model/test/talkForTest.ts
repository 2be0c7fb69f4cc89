/** A conversation as the product sends it, in short: what the scripted assistant would do next. */
import { parseChatRequest } from '../chatRequest.ts'
import { decideReply } from '../decideReply.ts'
import { readConversation } from '../readConversation.ts'
import type { Reply } from '../reply.ts'
import { countWords } from '../splitTokens.ts'

type Message = Record<string, unknown>

export const user = (content: string): Message => ({ role: 'user', content })
export const note = (text: string): Message => user(`[Nightshift: ${text}`)
export const now = note('it is Monday 23 November 2026, 10:40 in Europe/Berlin.]')
export const said = (content: string): Message => ({ role: 'assistant', content })
export const stopped = note('the person stopped your reply here, before it was finished.]')

/** One answer with calls, and what the tools answered. Every answer uses the same ids, as some providers do. */
export function called(...calls: [name: string, input: unknown, result: unknown][]): Message[] {
  const made = calls.map(([name, input], index) => ({
    id: `call_${index}`,
    function: { name, arguments: JSON.stringify(input) },
  }))
  const results = calls.map(([, , result], index) => ({
    role: 'tool',
    tool_call_id: `call_${index}`,
    content: JSON.stringify(result),
  }))
  return [{ role: 'assistant', content: null, tool_calls: made }, ...results]
}

/** A tool that waits: `until` in ms. */
export const waiting = (what: 'time' | 'answer' | 'approval', until = 0) => ({
  waiting: `wait-${until}`,
  for: what,
  until: new Date(until).toISOString(),
})

export interface Around {
  tools?: string[]
  model?: string
  at?: number
  system?: string
  toolChoice?: string
}

const everyTool = [
  'currentTime',
  'wait',
  'askUser',
  'forget',
  'calculate',
  'remember',
  'recall',
  'readPage',
  'scheduleTask',
]

export function replyTo(messages: (Message | Message[])[], around: Around = {}): Reply {
  const { tools = everyTool, model = 'nightshift-local', at = 0, system = 'Be kind.', toolChoice } = around
  const request = parseChatRequest(
    JSON.stringify({
      model,
      messages: [{ role: 'system', content: system }, ...messages.flat()],
      tools: tools.map((name) => ({ type: 'function', function: { name } })),
      tool_choice: toolChoice,
    }),
  )
  return decideReply({
    conversation: readConversation(request, { countWords, now: at }),
    model,
    tools: request.tools ?? [],
    mayCall: request.tool_choice !== 'none',
    earlierTries: 0,
  })
}

/** What is said, or the calls as `name {json}`. */
export function answerTo(messages: (Message | Message[])[], around: Around = {}): string {
  const reply = replyTo(messages, around)
  if (reply.kind === 'say') return reply.tokens.join('')
  if (reply.kind === 'call') return reply.calls.map((call) => `${call.name} ${call.arguments}`).join('\n')
  return reply.kind === 'refuse' ? `${reply.status} ${reply.message}` : reply.kind
}
