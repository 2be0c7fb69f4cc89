/** Money for people: millionths of a US dollar as `$1.25`, and small amounts with two digits that say something (`$0.0012`). */

export function formatMicros(micros: number): string {
  const dollars = micros / 1_000_000
  return `$${micros === 0 || dollars >= 0.01 ? dollars.toFixed(2) : dollars.toPrecision(2)}`
}
