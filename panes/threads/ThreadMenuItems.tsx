'use client'
// The menu of a thread, as it opens. Begins open: it is loaded because somebody has pressed the button.
import {
  Archive,
  ArchiveRestore,
  Columns2,
  Download,
  type LucideIcon,
  Mail,
  Pencil,
  Pin,
  PinOff,
  Share2,
  Trash2,
} from 'lucide-react'
import * as Menu from 'radix-ui/dropdown-menu'
import { type ReactNode, useRef, useState } from 'react'
import { threadStrings } from '../../components/strings/threads.ts'
import { itemLook, surfaceLook } from '../chat/menuLooks.ts'
import { ThreadMenuButton } from './ThreadMenu.tsx'

/** Absent: not offered. */
export type ThreadMenuActs = {
  openBeside?: (() => void) | undefined
  rename: () => void
  pin: () => void
  markUnread?: (() => void) | undefined
  archive: () => void
  share: () => void
  exportMarkdown: () => void
  exportJson: () => void
  remove: () => void
}

type ThreadMenuItemsProps = {
  title: string
  isPinned: boolean
  isArchived: boolean
  tabIndex?: number | undefined
  acts: ThreadMenuActs
}

const say = threadStrings.menu

export function ThreadMenuItems({ title, isPinned, isArchived, tabIndex, acts }: ThreadMenuItemsProps) {
  const [isOpen, setOpen] = useState(true)
  const button = useRef<HTMLButtonElement>(null)
  // What was chosen happens once the menu is gone and its button has the focus again: a dialog then gives it back to the button.
  const chosen = useRef<(() => void) | null>(null)
  const item = (act: (() => void) | undefined, Icon: LucideIcon, label: ReactNode, tone = '') =>
    act === undefined ? null : (
      <Menu.Item
        onSelect={() => {
          chosen.current = act
        }}
        className={`${itemLook} ${tone} pointer-coarse:min-h-11`}
      >
        <span className="flex items-center gap-2.5">
          <Icon size={16} aria-hidden="true" className={tone === '' ? 'text-soft' : ''} />
          {label}
        </span>
      </Menu.Item>
    )
  const finish = (event: Event) => {
    event.preventDefault()
    button.current?.focus({ preventScroll: true })
    const act = chosen.current
    chosen.current = null
    act?.()
  }
  return (
    <Menu.Root open={isOpen} onOpenChange={setOpen} modal={false}>
      <Menu.Trigger asChild>
        {/* A press without a pointer is a click that Radix does not hear. */}
        <ThreadMenuButton
          ref={button}
          title={title}
          tabIndex={tabIndex}
          onClick={(event) => event.detail === 0 && setOpen(true)}
        />
      </Menu.Trigger>
      <Menu.Content
        align="start"
        sideOffset={4}
        collisionPadding={12}
        onCloseAutoFocus={finish}
        className={`${surfaceLook} w-56 max-w-[calc(100vw-1.5rem)] font-normal`}
      >
        {item(acts.openBeside, Columns2, say.openBeside)}
        {item(acts.rename, Pencil, say.rename)}
        {item(acts.pin, isPinned ? PinOff : Pin, isPinned ? say.unpin : say.pin)}
        {item(acts.markUnread, Mail, say.markUnread)}
        {item(acts.archive, isArchived ? ArchiveRestore : Archive, isArchived ? say.unarchive : say.archive)}
        <Menu.Separator className="mx-2 my-1.5 h-px bg-line" />
        {item(acts.share, Share2, say.share)}
        {item(acts.exportMarkdown, Download, say.exportMarkdown)}
        {item(acts.exportJson, Download, say.exportJson)}
        <Menu.Separator className="mx-2 my-1.5 h-px bg-line" />
        {item(acts.remove, Trash2, say.remove, 'text-bad')}
      </Menu.Content>
    </Menu.Root>
  )
}
