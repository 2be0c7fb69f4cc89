/** A result in digits, and whether they are all of it. */
import type { Amount, Fraction } from './amount.ts'

const MOST_PLACES = 30
/** Of a floating-point number; its last digit or two are noise. */
const FLOAT_DIGITS = 15
/** Of a fraction that has no end. */
const FRACTION_DIGITS = 20
const MOST_FRACTION_CHARS = 40

export interface DescribedAmount {
  result: string
  /** False: rounded. */
  exact: boolean
  /** What was rounded, if it is a fraction that is short enough. */
  fraction?: string
}

/** How many decimal places end the fraction; undefined: none do. */
function placesOf({ bottom }: Fraction): number | undefined {
  for (let places = 0, scale = 1n; places <= MOST_PLACES; places++, scale *= 10n) {
    if (scale % bottom === 0n) return places
  }
  return undefined
}

function digits({ top, bottom }: Fraction, places: number): string {
  const scale = 10n ** BigInt(places)
  const size = top < 0n ? -top : top
  const scaled = ((2n * size * scale) / bottom + 1n) / 2n
  const text = scaled.toString().padStart(places + 1, '0')
  const whole = text.slice(0, text.length - places)
  const rest = places > 0 ? `.${text.slice(-places)}` : ''
  return `${top < 0n && scaled > 0n ? '-' : ''}${whole}${rest}`
}

/** Places such that about FRACTION_DIGITS digits count, also where the fraction is much smaller than 1. */
function placesToShow({ top, bottom }: Fraction): number {
  const magnitude = (top < 0n ? -top : top).toString().length - bottom.toString().length
  return Math.max(0, FRACTION_DIGITS - magnitude)
}

export function describeAmount(amount: Amount): DescribedAmount {
  if (typeof amount === 'number') return { result: String(Number(amount.toPrecision(FLOAT_DIGITS))), exact: false }
  const places = placesOf(amount)
  if (places !== undefined) return { result: digits(amount, places), exact: true }
  const fraction = `${amount.top}/${amount.bottom}`
  return {
    result: digits(amount, placesToShow(amount)),
    exact: false,
    ...(fraction.length <= MOST_FRACTION_CHARS ? { fraction } : {}),
  }
}
