// The one button of a form that does it. While it is being done it says so and rests, but is never disabled: that would lose the focus.
import { clsx } from 'clsx'
import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'

type MainButtonProps = Omit<ComponentProps<'button'>, 'aria-disabled' | 'aria-busy'> & { isBusy?: boolean }

export function MainButton({ isBusy = false, className, children, type = 'submit', ...props }: MainButtonProps) {
  return (
    <button
      type={type}
      aria-disabled={isBusy}
      aria-busy={isBusy}
      className={clsx(
        'inline-flex min-h-10 items-center gap-1.5 rounded-full bg-lamp px-4 text-sm font-medium text-on-lamp transition-opacity hover:opacity-90',
        className,
      )}
      {...props}
    >
      {isBusy ? <LoaderCircle size={15} aria-hidden="true" className="animate-spin" /> : null}
      {children}
    </button>
  )
}
