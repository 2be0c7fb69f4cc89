// The old design's whole server: the model's answer is streamed through the web request. Nothing is saved, nobody is asked who they are.
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { convertToModelMessages, stepCountIs, streamText, tool, type UIMessage } from 'ai'
import { z } from 'zod'
import { evaluateExpression } from '../../../../../lib/agent/tools/calculate/evaluateExpression.ts'

export const dynamic = 'force-dynamic'

/** The same work as the product's tool of this name; the SDK runs it within the request. */
const calculate = tool({
  description: 'Works out an arithmetic expression exactly.',
  inputSchema: z.object({ expression: z.string() }),
  execute: async ({ expression }) => ({ expression, result: String(await evaluateExpression(expression)) }),
})

export async function POST(request: Request): Promise<Response> {
  const { id, messages }: { id: string; messages: UIMessage[] } = await request.json()
  const provider = createOpenAICompatible({
    name: 'local',
    baseURL: process.env['OPENAI_COMPATIBLE_BASE_URL'] ?? '',
    includeUsage: true,
  })
  const result = streamText({
    model: provider('nightshift-local'),
    messages: await convertToModelMessages(messages),
    tools: { calculate },
    stopWhen: stepCountIs(16),
    headers: { 'x-correlation-id': `old:${id}` },
    // The tab is closed: the call is ended, and with it the reply.
    abortSignal: request.signal,
  })
  return result.toUIMessageStreamResponse()
}
