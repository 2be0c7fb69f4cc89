/** The versions of a chat, group by group: which alternatives there are to a reply, and which of them is shown. */
import type { Doc, Id } from '../_generated/dataModel.js'
import { isOnChain, type Link } from './chainOf.ts'

export interface Group {
  /** The first of its alternatives, which every other one replaces. */
  root: { turnId: Id<'turns'>; branch: string; createdAt: number; seq: number | undefined }
  turns: { turnId: Id<'turns'>; branch: string; createdAt: number; isShown: boolean }[]
}

type Branch = Pick<Doc<'branches'>, '_id' | 'root' | 'first' | 'createdAt'>

/** A group has one alternative for each branch that was made for it, and the root. `chain`: what is shown, the branch itself first. */
export function groupForks(
  branches: readonly Branch[],
  roots: readonly Group['root'][],
  chain: readonly Link[],
): { root: Id<'turns'>; turns: Group['turns'] }[] {
  return roots.map((root) => {
    const own = branches.filter((branch) => branch.root === root.turnId)
    // Of the group's branches that the shown one comes from, the nearest replaces the others.
    const shown = chain.find((link) => own.some(({ _id }) => _id === link.branch))?.branch
    const settledSeq = root.seq === undefined ? undefined : root.seq * 2 + 1
    const { turnId, branch, createdAt } = root
    const isShown = shown === undefined && isOnChain(chain, { branch, settledSeq })
    const others = own.map(({ _id, first, createdAt: at }) => ({
      turnId: first,
      branch: _id,
      createdAt: at,
      isShown: _id === shown,
    }))
    const turns = [{ turnId, branch, createdAt, isShown }, ...others.toSorted((a, b) => a.createdAt - b.createdAt)]
    return { root: turnId, turns }
  })
}
