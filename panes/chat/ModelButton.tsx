// The button that names the model and opens the choice. A component of its own, so that the menu behind it can come later.
import { clsx } from 'clsx'
import { ChevronDown, Cpu } from 'lucide-react'
import { type ComponentProps, useId } from 'react'
import { strings } from '../../components/strings.ts'

type ModelButtonProps = Omit<ComponentProps<'button'>, 'aria-label'> & {
  label: string
  isChosen: boolean
  isCompact?: boolean
}

/** `isChosen`: other than what the chat would take by itself. `isCompact`: a picture instead of the name, where there is little room. */
export function ModelButton({ label, isChosen, isCompact = false, className, ...props }: ModelButtonProps) {
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
      {isCompact ? <Cpu size={15} aria-hidden="true" className="shrink-0 sm:hidden" /> : null}
      {/* Its value, as of a select; the name is its own. */}
      <span id={valueId} aria-hidden="true" className={clsx('truncate', isCompact && 'max-sm:hidden')}>
        {label}
      </span>
      <ChevronDown size={13} aria-hidden="true" className="shrink-0" />
    </button>
  )
}
