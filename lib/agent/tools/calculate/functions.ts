/** The functions and constants of calculate. What is not here cannot be called. */
import {
  type Amount,
  add,
  compare,
  divide,
  float,
  floor,
  fraction,
  multiply,
  NoResult,
  negate,
  power,
  subtract,
  toCount,
  toNumber,
} from './amount.ts'

const zero: Amount = { top: 0n, bottom: 1n }
const one: Amount = { top: 1n, bottom: 1n }

/** 300! has 615 digits. */
const MOST_FACTORIAL = 300
const MOST_CHOICES = 1_000
const MOST_PLACES = 50

type Call = (args: [Amount, ...Amount[]]) => Amount
interface Entry {
  least: number
  most: number
  call: Call
}

const unary = (call: (a: Amount) => Amount): Entry => ({ least: 1, most: 1, call: ([a]) => call(a) })
const rough = (call: (a: number) => number): Entry => unary((a) => float(call(toNumber(a))))
const binary = (call: (a: Amount, b: Amount) => Amount, least = 2): Entry => ({
  least,
  most: 2,
  call: ([a, b = zero]) => call(a, b),
})
const many = (call: Call): Entry => ({ least: 1, most: Number.POSITIVE_INFINITY, call })

const abs = (a: Amount) => (compare(a, zero) < 0 ? negate(a) : a)
const sum: Call = ([first, ...rest]) => rest.reduce(add, first)
const mean: Call = (args) => divide(sum(args), { top: BigInt(args.length), bottom: 1n })

export function modulo(a: Amount, b: Amount): Amount {
  return subtract(a, multiply(b, floor(divide(a, b))))
}

export function factorial(amount: Amount): Amount {
  let result = 1n
  for (let n = toCount(amount, MOST_FACTORIAL, 'A factorial'); n > 1; n--) result *= BigInt(n)
  return fraction(result)
}

function arrange(total: Amount, chosen: Amount, ordered: boolean): Amount {
  const n = toCount(total, MOST_CHOICES, 'A choice')
  const k = toCount(chosen, MOST_CHOICES, 'A choice')
  if (k > n) return zero
  let result = 1n
  for (let at = 1; at <= k; at++) result = (result * BigInt(n - k + at)) / (ordered ? 1n : BigInt(at))
  return fraction(result)
}

/** Half goes away from zero. */
function round(a: Amount, places: Amount): Amount {
  const scale = power({ top: 10n, bottom: 1n }, fraction(BigInt(toCount(places, MOST_PLACES, 'Rounding'))))
  const whole = floor(add(multiply(abs(a), scale), { top: 1n, bottom: 2n }))
  const rounded = divide(whole, scale)
  return compare(a, zero) < 0 ? negate(rounded) : rounded
}

/** Exact where the root is: of 4/9, not of 2. */
function sqrt(a: Amount): Amount {
  const root = float(Math.sqrt(toNumber(a)))
  if (typeof a === 'number') return root
  const [top, bottom] = [Math.sqrt(Number(a.top)), Math.sqrt(Number(a.bottom))]
  if (!Number.isSafeInteger(top) || !Number.isSafeInteger(bottom)) return root
  const exact = fraction(BigInt(top), BigInt(bottom))
  return compare(multiply(exact, exact), a) === 0 ? exact : root
}

function median(args: [Amount, ...Amount[]]): Amount {
  const sorted = args.toSorted(compare)
  const middle = (sorted.length - 1) / 2
  return divide(add(sorted[Math.floor(middle)] ?? zero, sorted[Math.ceil(middle)] ?? zero), { top: 2n, bottom: 1n })
}

function divisor(a: Amount, b: Amount): Amount {
  let [larger, smaller] = [abs(a), abs(b)]
  for (const each of [larger, smaller]) {
    if (typeof each === 'number' || each.bottom !== 1n) throw new NoResult('A common divisor needs whole numbers.')
  }
  while (compare(smaller, zero) > 0) [larger, smaller] = [smaller, modulo(larger, smaller)]
  return larger
}
const multiple = (a: Amount, b: Amount) =>
  compare(a, zero) === 0 || compare(b, zero) === 0 ? zero : abs(divide(multiply(a, b), divisor(a, b)))

function log(a: Amount, base: Amount): Amount {
  return float(Math.log(toNumber(a)) / Math.log(toNumber(base)))
}

const plain = [
  'cbrt',
  'exp',
  'log2',
  'log10',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
] as const

export const functions: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  ...plain.map((name): [string, Entry] => [name, rough(Math[name])]),
  ['sqrt', unary(sqrt)],
  ['abs', unary(abs)],
  ['floor', unary(floor)],
  ['ceil', unary((a) => negate(floor(negate(a))))],
  ['trunc', unary((a) => (compare(a, zero) < 0 ? negate(floor(negate(a))) : floor(a)))],
  ['sign', unary((a) => fraction(BigInt(Math.sign(compare(a, zero)))))],
  ['round', binary(round, 1)],
  ['factorial', unary(factorial)],
  ['combinations', binary((n, k) => arrange(n, k, false))],
  ['permutations', binary((n, k) => arrange(n, k, true))],
  ['ln', rough(Math.log)],
  ['log', { least: 1, most: 2, call: ([a, base]) => (base ? log(a, base) : float(Math.log(toNumber(a)))) }],
  ['pow', binary(power)],
  ['mod', binary(modulo)],
  ['atan2', binary((y, x) => float(Math.atan2(toNumber(y), toNumber(x))))],
  ['hypot', many((args) => float(Math.hypot(...args.map(toNumber))))],
  ['gcd', many(([first, ...rest]) => rest.reduce(divisor, first))],
  ['lcm', many(([first, ...rest]) => rest.reduce(multiple, first))],
  ['min', many(([first, ...rest]) => rest.reduce((a, b) => (compare(b, a) < 0 ? b : a), first))],
  ['max', many(([first, ...rest]) => rest.reduce((a, b) => (compare(b, a) > 0 ? b : a), first))],
  ['sum', many(sum)],
  ['mean', many(mean)],
  ['average', many(mean)],
  ['median', many(median)],
])

/** `sin(30 deg)` is a product. */
export const constants: ReadonlyMap<string, Amount> = new Map<string, Amount>([
  ['pi', Math.PI],
  ['tau', 2 * Math.PI],
  ['e', Math.E],
  ['phi', (1 + Math.sqrt(5)) / 2],
  ['deg', Math.PI / 180],
  ['percent', divide(one, { top: 100n, bottom: 1n })],
])
