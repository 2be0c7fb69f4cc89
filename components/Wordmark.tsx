// The name with its mark: a moon with a lit window. Drawn, not fetched.
import { failureStrings } from './strings/failure.ts'

export function Moon({ size = 22 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32" fill="none">
      <path d="M26.5 20.4A11.8 11.8 0 0 1 11.6 5.5 11.8 11.8 0 1 0 26.5 20.4Z" fill="currentColor" />
      <circle cx="22.5" cy="9.5" r="3.1" className="fill-lamp" />
    </svg>
  )
}

export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 font-serif text-[1.075rem] font-semibold tracking-[-0.01em]">
      <Moon />
      {failureStrings.product}
    </span>
  )
}
