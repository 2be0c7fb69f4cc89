/** Where a page of a shared chat begins, as its address says it. Pure. */

/** Null: at the beginning. Undefined: that is no place. */
export function parsePlace(from: string | undefined): string | null | undefined {
  if (from === undefined || from === '') return null
  return /^\d{1,9}$/.test(from) ? from : undefined
}
