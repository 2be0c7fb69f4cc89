/** A tiny HTTP server that speaks just enough of the OpenAI chat protocol to be broken in every way a provider can be. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'

export type Misbehave = (response: ServerResponse, request: IncomingMessage) => void

export const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'served', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
export const usageChunk = `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'served', choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } })}\n\n`
export const done = 'data: [DONE]\n\n'

export function sse(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { 'content-type': 'text/event-stream' })
}

export async function startFaultyModel(misbehave: Misbehave) {
  const seen: { headers: IncomingMessage['headers']; body: string; closedEarly: boolean }[] = []
  const server = createServer((request, response) => {
    const entry = { headers: request.headers, body: '', closedEarly: false }
    seen.push(entry)
    request.on('data', (data) => {
      entry.body += data
    })
    response.on('close', () => {
      entry.closedEarly = !response.writableEnded
    })
    misbehave(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const provider = createOpenAICompatible({
    name: 'faulty',
    baseURL: `http://127.0.0.1:${port}/v1`,
    includeUsage: true,
  })
  return {
    model: provider('any'),
    seen,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
