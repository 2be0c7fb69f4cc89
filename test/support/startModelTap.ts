/** Stands between the worker and the model and keeps every request whole: what the model was really shown, not what a journal keeps of it. */
import { createServer, type IncomingMessage } from 'node:http'
import { z } from 'zod'

const requestShape = z.object({
  messages: z.array(
    z.object({
      role: z.enum(['system', 'user', 'assistant', 'tool']),
      content: z
        .union([
          z.string(),
          z.null(),
          z.array(z.object({ text: z.string() })).transform((all) => all.map(({ text }) => text).join('')),
        ])
        .optional()
        .transform((content) => content ?? ''),
      tool_calls: z.array(z.object({ function: z.object({ name: z.string(), arguments: z.string() }) })).default([]),
    }),
  ),
  tools: z.array(z.object({ function: z.object({ name: z.string() }) })).default([]),
})

export interface SeenRequest {
  correlationId: string
  messages: z.output<typeof requestShape>['messages']
  tools: string[]
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = ''
  request.setEncoding('utf8')
  for await (const chunk of request) text += chunk
  return text
}

export async function startModelTap() {
  const seen: SeenRequest[] = []
  let target = ''
  const server = createServer((request, response) => {
    const work = async () => {
      const body = await readText(request)
      const correlationId = String(request.headers['x-correlation-id'] ?? '')
      const { messages, tools } = requestShape.parse(JSON.parse(body))
      seen.push({ correlationId, messages, tools: tools.map((tool) => tool.function.name) })
      const stop = new AbortController()
      response.on('close', () => stop.abort())
      const answer = await fetch(`${target}${request.url}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-correlation-id': correlationId },
        body,
        signal: stop.signal,
      })
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      for await (const chunk of answer.body ?? []) response.write(chunk)
      response.end()
    }
    work().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    seen,
    /** The model's origin, which is known only once it has started. */
    leadTo(origin: string) {
      target = origin
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

export type ModelTap = Awaited<ReturnType<typeof startModelTap>>
