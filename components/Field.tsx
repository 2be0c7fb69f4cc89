// A field with its name above, what helps below, and what is wrong with it right beside. What was typed stays.
import { type ReactNode, useId } from 'react'

export type Control = { id: string; 'aria-invalid': boolean; 'aria-describedby': string | undefined; className: string }

type FieldProps = {
  label: string
  hint?: ReactNode
  /** Null: nothing is wrong. */
  error?: string | null
  children: (control: Control) => ReactNode
}

const look =
  'thin-scroll block min-h-11 w-full resize-none rounded-xl border bg-raised px-3.5 py-2 leading-6 text-ink outline-offset-1 placeholder:text-soft'

export function Field({ label, hint, error = null, children }: FieldProps) {
  const id = useId()
  const isHelped = hint !== undefined || error !== null
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error !== null,
        'aria-describedby': isHelped ? `${id}-help` : undefined,
        className: `${look} ${error === null ? 'border-line' : 'border-bad'}`,
      })}
      <div id={`${id}-help`} className="text-sm leading-snug">
        {error === null ? null : (
          <p role="alert" className="pt-1.5 text-bad">
            {error}
          </p>
        )}
        {hint === undefined ? null : <div className="pt-1.5 text-soft">{hint}</div>}
      </div>
    </div>
  )
}
