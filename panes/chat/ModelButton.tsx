// The button that names the model and opens the choice. A component of its own, so that the menu behind it can come later.
import { clsx } from 'clsx'
import { ChevronDown, Cpu } from 'lucide-react'
import { type ComponentProps, useId } from 'react'
import { strings } from '../../components/strings.ts'

type ModelButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'className'> & {
  label: string
  isChosen: boolean
  isCompact?: boolean
}

/** `isChosen`: other than what the chat would take by itself. `isCompact`: a picture instead of the name, where there is little room. */
export function ModelButton({ label, isChosen, isCompact = false, ...props }: ModelButtonProps) {
  const valueId = useId()
  return (
    <span
      className={clsx(
        'relative inline-flex min-h-8 min-w-0 items-center gap-1 rounded-full px-2.5 text-xs transition-colors hover:bg-hover hover:text-ink',
        isChosen ? 'font-medium text-ink' : 'text-soft',
      )}
    >
      {isCompact ? <Cpu size={15} aria-hidden="true" className="shrink-0 sm:hidden" /> : null}
      {/* Its value, as beside a select; the button lies over all of it and has a name of its own. */}
      <span id={valueId} className={clsx('truncate', isCompact && 'max-sm:sr-only')}>
        {label}
      </span>
      <ChevronDown size={13} aria-hidden="true" className="shrink-0" />
      <button
        type="button"
        aria-label={strings.model.name}
        aria-describedby={valueId}
        title={strings.model.name}
        className="absolute inset-0 rounded-full"
        {...props}
      />
    </span>
  )
}
