// The person's own words.
import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export function Bubble({ isSmall = false, children }: { isSmall?: boolean; children: ReactNode }) {
  return (
    <div
      className={clsx(
        'max-w-[min(88%,34rem)] rounded-[1.25rem] rounded-br-md bg-bubble leading-relaxed whitespace-pre-wrap wrap-anywhere',
        isSmall ? 'px-3.5 py-1.5 text-[0.9375rem]' : 'px-4 py-2.5',
      )}
    >
      {children}
    </div>
  )
}
