'use client'
// What can be done with a thread, behind one button: in its row of the list and in the header of its pane. The menu is loaded when
// somebody reaches for it.
import { Ellipsis } from 'lucide-react'
import { type ComponentProps, Suspense, useState } from 'react'
import { IconButton } from '../../components/IconButton.tsx'
import { lazyPart } from '../../components/lazyPart.tsx'
import { strings } from '../../components/strings.ts'

export type ThreadMenuProps = {
  threadId: string
  title: string
  /** Absent: the menu finds out. */
  isPinned?: boolean | undefined
  isArchived?: boolean | undefined
  /** Where the title can be written in place; absent: a dialog asks for it. */
  rename?: () => void
  tabIndex?: number
}

const LiveThreadMenu = lazyPart(() => import('./LiveThreadMenu.tsx').then((menu) => menu.default))

export function ThreadMenu(props: ThreadMenuProps) {
  const [isWanted, want] = useState(false)
  const closed = (
    <ThreadMenuButton title={props.title} tabIndex={props.tabIndex} aria-haspopup="menu" aria-expanded={false} />
  )
  if (!isWanted) {
    return (
      <ThreadMenuButton
        title={props.title}
        tabIndex={props.tabIndex}
        aria-haspopup="menu"
        aria-expanded={false}
        onPointerEnter={LiveThreadMenu.preload}
        onClick={() => want(true)}
      />
    )
  }
  return (
    <Suspense fallback={closed}>
      <LiveThreadMenu {...props} />
    </Suspense>
  )
}

type ThreadMenuButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'title' | 'children'> & { title: string }

export function ThreadMenuButton({ title, ...props }: ThreadMenuButtonProps) {
  const name = title === '' ? strings.threads.untitled : title
  return (
    <IconButton label={strings.threads.menu(name)} className="size-9 pointer-coarse:size-11" {...props}>
      <Ellipsis size={17} aria-hidden="true" />
    </IconButton>
  )
}
