// Amounts of money as a person types them. Pure.

/** More than this is a slip of the finger: a million dollars. */
const mostMicros = 1_000_000 * 1_000_000
const amount = /^\$?\s*(\d{1,7}(?:[.,]\d{1,6})?|[.,]\d{1,6})$/

/** Null: empty, no limit. Undefined: not an amount. */
export function parseDollars(typed: string): number | null | undefined {
  const text = typed.trim()
  if (text === '') return null
  const [, digits] = amount.exec(text) ?? []
  if (digits === undefined) return undefined
  const micros = Math.round(Number(digits.replace(',', '.')) * 1_000_000)
  return micros <= mostMicros ? micros : undefined
}

/** As it is typed: `2`, `2.50`, `0.0012`. */
export function dollarsOf(micros: number | null | undefined): string {
  if (micros === null || micros === undefined) return ''
  const [whole = '0', rest = ''] = (micros / 1_000_000).toFixed(6).split('.')
  const cents = rest.replace(/0+$/, '')
  return cents === '' ? whole : `${whole}.${cents.padEnd(2, '0')}`
}
