// A button that shows only a picture: its name is required. 40 px to touch, whatever the size of the picture.
import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'title'> & { label: string }

export function IconButton({ label, className, ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={clsx(
        'grid size-10 shrink-0 place-items-center rounded-full text-soft transition-colors hover:bg-hover hover:text-ink',
        className,
      )}
      {...props}
    />
  )
}
