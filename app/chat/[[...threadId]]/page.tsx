// /chat is a new chat, /chat/<id> is that thread. The workspace changes threads by itself from here on, without the server.
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { strings } from '../../../components/strings.ts'
import { isClientId } from '../../../lib/chat/messageLimits.ts'
import { Workspace } from '../../../panes/workspace/Workspace.tsx'

export const metadata: Metadata = { title: strings.threads.newChat }

type Props = { params: Promise<{ threadId?: string[] }> }

export default async function ChatPage({ params }: Props) {
  const { threadId: segments = [] } = await params
  const [threadId, ...rest] = segments
  if (rest.length > 0 || (threadId !== undefined && !isClientId(threadId))) notFound()
  return <Workspace />
}
