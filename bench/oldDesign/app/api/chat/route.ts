// The old design's whole server: the model's answer is streamed through the web request. Nothing is saved, nobody is asked who they are.
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { convertToModelMessages, streamText, type UIMessage } from 'ai'

export const dynamic = 'force-dynamic'

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
    headers: { 'x-correlation-id': `old:${id}` },
    // The tab is closed: the call is ended, and with it the reply.
    abortSignal: request.signal,
  })
  return result.toUIMessageStreamResponse()
}
