// Above what has come since the person was here last.
import { strings } from '../../components/strings.ts'

export function NewLine() {
  return (
    <p className="mb-5 flex items-center gap-3 text-xs font-medium text-lamp before:h-px before:flex-1 before:bg-lamp/40 after:h-px after:flex-1 after:bg-lamp/40">
      {strings.conversation.newHere}
    </p>
  )
}
