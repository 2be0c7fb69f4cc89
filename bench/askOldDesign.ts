/** One message through the old design, read by the AI SDK's own reader as `useChat` does. */
import { randomUUID } from 'node:crypto'
import { DefaultChatTransport, readUIMessageStream, type UIMessage } from 'ai'
import { createCountingFetch } from './countingSocket.ts'
import type { Sight } from './tokenLags.ts'

export interface AskedOld {
  correlationId: string
  sentAt: number
  /** The response's headers came: the web request was taken. */
  ackedAt: number
  endedAt: number
  heard: Sight[]
  text: string
  wireBytes: number
  receivedBytes: number
}

const textOf = (message: UIMessage) => message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')

export async function askOldDesign(url: string, text: string): Promise<AskedOld> {
  const chatId = randomUUID()
  const { countedFetch, bytes, close } = createCountingFetch()
  const transport = new DefaultChatTransport<UIMessage>({ api: `${url}/api/chat`, fetch: countedFetch })
  const question: UIMessage = { id: randomUUID(), role: 'user', parts: [{ type: 'text', text }] }
  const sentAt = Date.now()
  const stream = await transport.sendMessages({
    trigger: 'submit-message',
    chatId,
    messageId: undefined,
    messages: [question],
    abortSignal: undefined,
  })
  const ackedAt = Date.now()
  const heard: Sight[] = []
  let whole = ''
  for await (const message of readUIMessageStream({ stream })) {
    const now = textOf(message)
    if (now.length > whole.length) heard.push({ at: Date.now(), length: now.length })
    whole = now
  }
  const { received, sent } = bytes()
  close()
  return {
    correlationId: `old:${chatId}`,
    sentAt,
    ackedAt,
    endedAt: Date.now(),
    heard,
    text: whole,
    wireBytes: received + sent,
    receivedBytes: received,
  }
}
