/** One structured line per decision: which, about whom, with what result. Ids only, never what people wrote. */

type Field = string | number | boolean | null | undefined

export function logDecision(decision: string, fields: Record<string, Field>): void {
  console.log(JSON.stringify({ decision, ...fields }))
}
