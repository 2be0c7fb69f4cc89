// The workspace as nobody: the service worker keeps this page and shows it, at any of the workspace's addresses, when the server is out
// of reach. Whose threads it shows is decided on the device (panes/offline/usePerson.ts).
import type { Metadata } from 'next'
import { strings } from '../../../components/strings.ts'
import { ShellContext } from '../../../panes/offline/ShellContext.tsx'
import { Workspace } from '../../../panes/workspace/Workspace.tsx'

export const metadata: Metadata = { title: { absolute: strings.product }, robots: { index: false } }

export default function ShellPage() {
  return (
    <ShellContext value={true}>
      <Workspace />
    </ShellContext>
  )
}
