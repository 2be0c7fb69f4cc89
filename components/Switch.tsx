// On or off, at once: a checkbox that says it is a switch.
import type { ComponentProps } from 'react'

type SwitchProps = Omit<ComponentProps<'input'>, 'type' | 'role' | 'onChange'> & {
  label: string
  isOn: boolean
  turn: (isOn: boolean) => void
}

export function Switch({ label, isOn, turn, ...props }: SwitchProps) {
  return (
    <label className="relative inline-flex min-h-11 cursor-pointer items-center gap-3 font-medium">
      <input
        type="checkbox"
        role="switch"
        checked={isOn}
        aria-checked={isOn}
        onChange={(event) => turn(event.target.checked)}
        className="peer absolute inset-0 cursor-pointer appearance-none outline-none"
        {...props}
      />
      <span
        aria-hidden="true"
        className="relative h-6 w-10 shrink-0 rounded-full border border-soft bg-bubble transition-colors after:absolute after:top-0.75 after:left-0.75 after:size-4 after:rounded-full after:bg-soft after:transition-transform peer-checked:border-lamp peer-checked:bg-lamp peer-checked:after:translate-x-4 peer-checked:after:bg-on-lamp peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-lamp"
      />
      {label}
    </label>
  )
}
