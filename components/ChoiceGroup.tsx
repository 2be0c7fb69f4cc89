// One of a few, all of them in sight: native radio buttons, so that arrow keys and names are the platform's.
import { clsx } from 'clsx'
import { type ReactNode, useId } from 'react'

export type Choice<Value extends string> = { value: Value; label: string; about?: ReactNode }

type ChoiceGroupProps<Value extends string> = {
  /** Its accessible name, unless `labelledBy` names what is on the page. */
  label?: string
  labelledBy?: string
  describedBy?: string | undefined
  choices: readonly Choice<Value>[]
  value: Value | null
  choose: (value: Value) => void
  /** `pills`: short words in a row. `rows`: one below the other, with what each means. */
  look?: 'pills' | 'rows'
}

export function ChoiceGroup<Value extends string>({
  label,
  labelledBy,
  describedBy,
  choices,
  value,
  choose,
  look = 'pills',
}: ChoiceGroupProps<Value>) {
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className={look === 'pills' ? 'inline-flex rounded-full border border-line bg-raised p-0.5' : 'space-y-1.5'}
    >
      {choices.map((choice) => (
        <label
          key={choice.value}
          className={clsx(
            'cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-lamp',
            look === 'pills'
              ? 'relative inline-flex min-h-9 items-center rounded-full px-3.5 text-sm transition-colors'
              : 'flex gap-3 rounded-xl border px-3.5 py-2.5 transition-colors',
            lookOf(look, value === choice.value),
          )}
        >
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={value === choice.value}
            onChange={() => choose(choice.value)}
            aria-label={choice.label}
            aria-describedby={choice.about === undefined ? undefined : `${name}-${choice.value}`}
            // Over the whole of its pill: what is pressed is the button itself.
            className={
              look === 'pills'
                ? 'absolute inset-0 cursor-pointer appearance-none rounded-full outline-none'
                : 'mt-1.5 size-4 shrink-0 accent-(--lamp)'
            }
          />
          <span className="min-w-0">
            <span className={look === 'rows' ? 'font-medium wrap-anywhere' : undefined}>{choice.label}</span>
            {choice.about === undefined ? null : (
              <span id={`${name}-${choice.value}`} className="block text-sm leading-snug text-soft">
                {choice.about}
              </span>
            )}
          </span>
        </label>
      ))}
    </div>
  )
}

function lookOf(look: 'pills' | 'rows', isChosen: boolean): string {
  if (look === 'rows') return isChosen ? 'border-lamp bg-raised' : 'border-line hover:bg-hover'
  return isChosen ? 'bg-bubble font-medium text-ink ring-1 ring-soft' : 'text-soft hover:text-ink'
}
