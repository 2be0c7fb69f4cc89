// A small button with words, for what can be done to a message. Quiet until looked for, 36 px high for a finger.
import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

type QuietButtonProps = ComponentProps<'button'> & { tone?: 'plain' | 'framed' }

export function QuietButton({ tone = 'plain', className, ...props }: QuietButtonProps) {
  return (
    <button
      type="button"
      className={clsx(
        'inline-flex min-h-9 items-center gap-1.5 rounded-full px-3 text-sm transition-colors hover:bg-hover hover:text-ink disabled:opacity-60',
        tone === 'framed' ? 'border border-line bg-raised font-medium text-ink' : 'text-soft',
        className,
      )}
      {...props}
    />
  )
}
