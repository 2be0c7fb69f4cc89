// The front door. Which panes were open last time only the device knows: the workspace goes there by itself.
import { Workspace } from '../../panes/workspace/Workspace.tsx'

export default function Page() {
  return <Workspace />
}
