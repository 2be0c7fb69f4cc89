'use client'
// The way to a place beside the threads, which changes the pane and not the page.
import { clsx } from 'clsx'
import type { LucideIcon } from 'lucide-react'
import { isPlainPress } from './ThreadLink.tsx'
import { goTo } from './threadRoute.ts'

type PlaceLinkProps = { path: string; name: string; icon: LucideIcon; isCurrent: boolean; onOpen?: () => void }

export function PlaceLink({ path, name, icon: Icon, isCurrent, onOpen }: PlaceLinkProps) {
  return (
    <a
      href={path}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={(event) => {
        if (!isPlainPress(event)) return
        goTo(path)
        onOpen?.()
      }}
      className={clsx(
        'flex min-h-10 items-center gap-2.5 rounded-xl px-3.5 text-[0.9375rem] transition-colors hover:bg-hover',
        isCurrent && 'bg-bubble font-medium',
      )}
    >
      <Icon size={16} aria-hidden="true" className="text-soft" />
      {name}
    </a>
  )
}
