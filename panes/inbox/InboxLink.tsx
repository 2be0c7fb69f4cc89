'use client'
// The way to the inbox, with how much there needs the person.
import { clsx } from 'clsx'
import { Inbox as InboxIcon } from 'lucide-react'
import { strings } from '../../components/strings.ts'
import { isPlainPress } from '../workspace/ThreadLink.tsx'
import { goTo, INBOX_PATH } from '../workspace/threadRoute.ts'
import { badgeOf, nameOfInbox } from './badgeOf.ts'

type InboxLinkProps = {
  count: number
  isCurrent: boolean
  /** A picture alone, for the header of a phone. */
  isSmall?: boolean
  onOpen?: () => void
}

export function InboxLink({ count, isCurrent, isSmall = false, onOpen }: InboxLinkProps) {
  return (
    <a
      href={INBOX_PATH}
      aria-label={nameOfInbox(count)}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={(event) => {
        if (!isPlainPress(event)) return
        goTo(INBOX_PATH)
        onOpen?.()
      }}
      className={clsx(
        'transition-colors hover:bg-hover',
        isSmall
          ? 'relative grid size-10 shrink-0 place-items-center rounded-full text-soft hover:text-ink'
          : 'flex min-h-10 items-center gap-2.5 rounded-xl px-3.5 text-[0.9375rem]',
        isCurrent && !isSmall && 'bg-bubble font-medium',
      )}
    >
      <InboxIcon size={isSmall ? 19 : 16} aria-hidden="true" className={isSmall ? undefined : 'text-soft'} />
      {isSmall ? null : <span className="flex-1">{strings.inbox.name}</span>}
      {count === 0 ? null : (
        <span
          aria-hidden="true"
          // Drawn, not written: what is written here is part of the link's name.
          data-count={badgeOf(count)}
          className={clsx(
            'grid place-items-center rounded-full bg-lamp font-semibold text-on-lamp tabular-nums before:content-[attr(data-count)]',
            isSmall
              ? 'absolute top-0.5 right-0 h-4 min-w-4 px-1 text-[0.625rem] leading-none'
              : 'h-5 min-w-5 px-1.5 text-xs',
          )}
        />
      )}
    </a>
  )
}
