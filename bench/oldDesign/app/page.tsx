'use client'
// What `useChat` does, with the parts of the AI SDK it is made of: the reply is in this tab's memory and nowhere else.
import { DefaultChatTransport, readUIMessageStream, type UIMessage } from 'ai'
import { type FormEvent, useState } from 'react'

const transport = new DefaultChatTransport<UIMessage>({ api: '/api/chat' })
const textOf = (message: UIMessage) => message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')

export default function Page() {
  const [messages, setMessages] = useState<UIMessage[]>([])

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const text = String(new FormData(form).get('text') ?? '')
    form.reset()
    const question: UIMessage = { id: crypto.randomUUID(), role: 'user', parts: [{ type: 'text', text }] }
    const asked = [...messages, question]
    setMessages(asked)
    const stream = await transport.sendMessages({
      trigger: 'submit-message',
      chatId: 'page',
      messageId: undefined,
      messages: asked,
      abortSignal: undefined,
    })
    for await (const reply of readUIMessageStream({ stream })) setMessages([...asked, reply])
  }

  return (
    <main>
      {messages.map((message) => (
        <p key={message.id}>{textOf(message)}</p>
      ))}
      <form onSubmit={(event) => void send(event)}>
        <input name="text" aria-label="Message" />
        <button type="submit">Send</button>
      </form>
    </main>
  )
}
