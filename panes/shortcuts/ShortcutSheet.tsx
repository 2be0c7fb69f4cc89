'use client'
// The help sheet: every key, by where it works.
import { Dialog } from '../../components/Dialog.tsx'
import { shortcutStrings } from '../../components/strings/shortcuts.ts'
import { isApple } from './isApple.ts'
import { ShortcutTables } from './ShortcutTables.tsx'

export default function ShortcutSheet({ close }: { close: () => void }) {
  return (
    <Dialog title={shortcutStrings.title} closeLabel={shortcutStrings.close} isOpen close={close}>
      <ShortcutTables isApple={isApple()} />
    </Dialog>
  )
}
