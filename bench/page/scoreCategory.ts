/** How Lighthouse makes one score of many audits. Pure. */
export const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
export type Category = (typeof categories)[number]

interface AuditRef {
  id: string
  weight: number
}

/** The weighted mean of what applies, 0 to 100. `without`: audits that are not counted. */
export function scoreOf(
  refs: readonly AuditRef[],
  audits: Readonly<Record<string, { score: number | null }>>,
  without: readonly string[] = [],
): number {
  const counted = refs.flatMap(({ id, weight }) => {
    const score = audits[id]?.score
    return without.includes(id) || weight === 0 || score === null || score === undefined ? [] : [{ weight, score }]
  })
  const weights = counted.reduce((sum, { weight }) => sum + weight, 0)
  return Math.round((100 * counted.reduce((sum, { weight, score }) => sum + weight * score, 0)) / weights)
}
