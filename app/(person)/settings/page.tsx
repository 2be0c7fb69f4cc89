// What the person has set for all their chats. The workspace changes between this and the threads by itself, without the server.
import type { Metadata } from 'next'
import { strings } from '../../../components/strings.ts'
import { Workspace } from '../../../panes/workspace/Workspace.tsx'

export const metadata: Metadata = { title: strings.settings.name }

export default function SettingsPage() {
  return <Workspace />
}
