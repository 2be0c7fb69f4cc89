// The button that names the model and opens the choice. A component of its own, so that the menu behind it can come later.
import { clsx } from 'clsx'
import { ChevronDown } from 'lucide-react'
import { type ComponentProps, useId } from 'react'
import { strings } from '../../components/strings.ts'

type ModelButtonProps = Omit<ComponentProps<'button'>, 'aria-label'> & { label: string; isChosen: boolean }

/** `isChosen`: other than what the chat would take by itself. */
export function ModelButton({ label, isChosen, className, ...props }: ModelButtonProps) {
  const valueId = useId()
  return (
    <button
      type="button"
      aria-label={strings.model.name}
      aria-describedby={valueId}
      title={strings.model.name}
      className={clsx(
        'inline-flex min-h-8 min-w-0 items-center gap-1 rounded-full px-2.5 text-xs transition-colors hover:bg-hover hover:text-ink',
        isChosen ? 'font-medium text-ink' : 'text-soft',
        className,
      )}
      {...props}
    >
      <span id={valueId} className="truncate">
        {label}
      </span>
      <ChevronDown size={13} aria-hidden="true" className="shrink-0" />
    </button>
  )
}
