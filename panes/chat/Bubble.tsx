// The person's own words. Each paragraph has the direction of its own language, as in the field where it was written.
import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export function Bubble({ isSmall = false, children }: { isSmall?: boolean; children: ReactNode }) {
  return (
    <div
      dir="auto"
      className={clsx(
        'max-w-[min(88%,34rem)] rounded-[1.25rem] rounded-br-md bg-bubble leading-relaxed whitespace-pre-wrap wrap-anywhere [unicode-bidi:plaintext]',
        isSmall ? 'px-3.5 py-1.5 text-[0.9375rem]' : 'px-4 py-2.5',
      )}
    >
      {children}
    </div>
  )
}
