/** Picks the columns that are there: an absent one stays absent, instead of present and undefined. */
export function present<Row extends object, Field extends keyof Row>(
  row: Row,
  fields: readonly Field[],
): Pick<Row, Field> {
  const picked: Partial<Pick<Row, Field>> = {}
  for (const field of fields) if (row[field] !== undefined) picked[field] = row[field]
  // Only columns that may be absent are missing here.
  return picked as Pick<Row, Field>
}
