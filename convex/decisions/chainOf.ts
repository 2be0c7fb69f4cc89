/** What a branch shows: its own rows, and of each branch that it comes from the rows up to a place. Nothing is copied. */
import type { Doc } from '../_generated/dataModel.js'

export interface Link {
  branch: string
  /** The rows with a settledSeq up to this one; Infinity: all of them. */
  uptoSettled: number
}

type Branch = Pick<Doc<'branches'>, 'parent' | 'uptoSettled'> & { _id: string }

/** From the branch itself back to `main`. A branch that is not there any more shows what `main` shows. */
export function chainOf(branches: readonly Branch[], branch: string): Link[] {
  const rows = new Map(branches.map((row) => [row._id, row]))
  const chain: Link[] = []
  let uptoSettled = Number.POSITIVE_INFINITY
  for (let row = rows.get(branch); row; row = rows.get(row.parent)) {
    chain.push({ branch: row._id, uptoSettled })
    uptoSettled = Math.min(uptoSettled, row.uptoSettled)
    // Each row is met once: whatever the rows say, this ends.
    rows.delete(row._id)
  }
  return [...chain, { branch: 'main', uptoSettled }]
}

/** Whether a row belongs to it. What has no place yet belongs to the branch itself only. */
export function isOnChain(chain: readonly Link[], row: { branch: string; settledSeq: number | undefined }): boolean {
  const link = chain.find(({ branch }) => branch === row.branch)
  return link !== undefined && (row.settledSeq ?? Number.POSITIVE_INFINITY) <= link.uptoSettled
}
