// What needs the person, over all threads. The workspace changes between this and the threads by itself, without the server.
import type { Metadata } from 'next'
import { strings } from '../../../components/strings.ts'
import { Workspace } from '../../../panes/workspace/Workspace.tsx'

export const metadata: Metadata = { title: strings.inbox.name }

export default function InboxPage() {
  return <Workspace />
}
