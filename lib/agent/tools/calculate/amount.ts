/**
 * The numbers that calculate works with: fractions of whole numbers, which are exact, as long as they are small enough; else, and for
 * roots and the like, ordinary floating-point numbers. Every size is bounded, so that nothing here takes long.
 */

export interface Fraction {
  top: bigint
  /** Above 0, and without a common divisor with `top`. */
  bottom: bigint
}
export type Amount = Fraction | number

/** Said to the model, which may try again. */
export class NoResult extends Error {}

/** A thousand digits. */
const LARGEST = 10n ** 1_000n
const MOST_EXPONENT = 1_000

const size = (value: bigint) => (value < 0n ? -value : value)

function commonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [size(a), size(b)]
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller]
  return larger
}

/** Floating point once a fraction needs more than a thousand digits; an error once that cannot hold it either. */
export function fraction(top: bigint, bottom = 1n): Amount {
  if (bottom === 0n) throw new NoResult('Division by zero.')
  const divisor = commonDivisor(top, bottom) * (bottom < 0n ? -1n : 1n)
  const reduced = { top: top / divisor, bottom: bottom / divisor }
  return size(reduced.top) > LARGEST || reduced.bottom > LARGEST ? toNumber(reduced) : reduced
}

export function float(value: number): number {
  if (Number.isNaN(value)) throw new NoResult('There is no real number that is the result.')
  if (!Number.isFinite(value)) throw new NoResult('The result is too large.')
  return value
}

/** Both halves may be beyond what a floating-point number holds while their quotient is not. */
export function toNumber(amount: Amount): number {
  if (typeof amount === 'number') return amount
  const bits = Math.max(size(amount.top).toString(16).length, amount.bottom.toString(16).length) * 4
  const excess = BigInt(Math.max(0, bits - 1_000))
  const bottom = Number(amount.bottom >> excess)
  if (bottom === 0) throw new NoResult('The result is too large.')
  return float(Number(amount.top >> excess) / bottom)
}

/** A number as people write it: `12`, `0.5`, `1e-3`. */
export function parseAmount(text: string): Amount {
  const [, whole = '', decimals = '', exponent = '0'] = /^(\d+)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text) ?? []
  if (whole === '') throw new NoResult(`“${text}” is no number.`)
  const shift = Number(exponent) - decimals.length
  if (Math.abs(shift) > MOST_EXPONENT) throw new NoResult(`${text} is too large or too small.`)
  const digits = BigInt(whole + decimals)
  return shift < 0 ? fraction(digits, 10n ** BigInt(-shift)) : fraction(digits * 10n ** BigInt(shift))
}

type Exactly = (a: Fraction, b: Fraction) => Amount
type Roughly = (a: number, b: number) => number

const either =
  (exactly: Exactly, roughly: Roughly) =>
  (a: Amount, b: Amount): Amount =>
    typeof a === 'object' && typeof b === 'object' ? exactly(a, b) : float(roughly(toNumber(a), toNumber(b)))

export const add = either(
  (a, b) => fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom),
  (a, b) => a + b,
)
export const subtract = either(
  (a, b) => fraction(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom),
  (a, b) => a - b,
)
export const multiply = either(
  (a, b) => fraction(a.top * b.top, a.bottom * b.bottom),
  (a, b) => a * b,
)
export const divide = either(
  (a, b) => fraction(a.top * b.bottom, a.bottom * b.top),
  (a, b) => {
    if (b === 0) throw new NoResult('Division by zero.')
    return a / b
  },
)
export const negate = (a: Amount): Amount => (typeof a === 'number' ? -a : { ...a, top: -a.top })

/** Below zero, zero, above. */
export function compare(a: Amount, b: Amount): number {
  const difference = subtract(a, b)
  if (typeof difference === 'number') return difference
  return difference.top === 0n ? 0 : difference.top < 0n ? -1 : 1
}

export function floor(a: Amount): Amount {
  if (typeof a === 'number') return Math.floor(a)
  const quotient = a.top / a.bottom
  return { top: a.top < 0n && a.top % a.bottom !== 0n ? quotient - 1n : quotient, bottom: 1n }
}

/** Of a fraction by a whole number, while the result is small enough; undefined otherwise. */
function exactPower(base: Amount, exponent: Amount): Amount | undefined {
  if (typeof base === 'number' || typeof exponent === 'number' || exponent.bottom !== 1n) return undefined
  const times = size(exponent.top)
  const digits = BigInt(Math.max(size(base.top).toString().length, base.bottom.toString().length))
  if (times > 4_000n || digits * times > 4_000n) return undefined
  const [top, bottom] = [base.top ** times, base.bottom ** times]
  return exponent.top < 0n ? fraction(bottom, top) : fraction(top, bottom)
}

export function power(base: Amount, exponent: Amount): Amount {
  const isZero = compare(base, { top: 0n, bottom: 1n }) === 0
  if (isZero && compare(exponent, { top: 0n, bottom: 1n }) < 0) throw new NoResult('Division by zero.')
  return exactPower(base, exponent) ?? float(toNumber(base) ** toNumber(exponent))
}

/** A whole number within bounds, for what counts. */
export function toCount(amount: Amount, most: number, what: string): number {
  const value = toNumber(amount)
  if (Number.isInteger(value) && value >= 0 && value <= most) return value
  throw new NoResult(`${what} needs whole numbers from 0 to ${most}.`)
}
