/** Which tools one model step offers: the plan's, and what the messages ask for that were taken in since. Pure. */
import type { Steered } from '../../convex/validators.ts'
import type { Context } from './gatherContext.ts'
import { MOST_TOOLS, rankTools } from './prepareTools.ts'
import { registry as all, type Registry } from './tools/registry.ts'

/** The reply still has its own task: what a few words more ask for takes half of the places at most. */
const MOST_ADDED = MOST_TOOLS / 2

export type OfferFacts = Pick<Context, 'committed' | 'toolSettings' | 'memoryOn'>

/**
 * The plan's, less those that fit least where the places are too few, then what was added. What was called in this turn stays. Every try
 * of a step is told the same messages, by the ledger, and so offers the same.
 */
export function offerTools(
  planned: readonly string[],
  { committed, toolSettings: settings, memoryOn: hasMemory }: OfferFacts,
  steered: readonly Steered[],
  registry: Registry = all,
): string[] {
  const texts = [...committed.flatMap((step) => step.steered), ...steered].map(({ text }) => text)
  // Nothing is planned for a model that calls no tools.
  if (texts.length === 0 || planned.length === 0) return [...planned]
  const called = new Set(
    committed.flatMap(({ result }) => (result.kind === 'model' ? result.toolCalls.map(({ name }) => name) : [])),
  )
  const newestFirst = texts.toReversed()
  const wanted = newestFirst.flatMap((message) =>
    rankTools({ message, recentTools: [], settings, hasMemory }, undefined, registry),
  )
  const more = wanted.filter((name) => !planned.includes(name))
  const added = [...new Set([...more.filter((name) => called.has(name)), ...more])].slice(0, MOST_ADDED)
  const excess = Math.max(0, planned.length + added.length - MOST_TOOLS)
  const spare = planned.filter((name) => !called.has(name) && !wanted.includes(name)).toReversed()
  const leaving = new Set(spare.slice(0, excess))
  return [...planned.filter((name) => !leaving.has(name)), ...added].slice(0, MOST_TOOLS)
}
