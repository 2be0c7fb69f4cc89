/** Which models a turn may use: the wanted one first, then the others in the operator's order. */
import { type ModelEnv, namesOf } from './models.ts'

/**
 * Giving one up takes calls of the same step, of which a run of Inngest has 21: with more models the run might be given up before the last
 * one ends with a sentence of its own (see retryPolicy.test.ts).
 */
export const MOST_MODELS = 5

/** Unknown (an operator may remove a model that a thread or a message still names): the default comes first. */
export function orderModels(env: ModelEnv, wanted: string | undefined): string[] {
  const ids = namesOf(env).map(({ id }) => id)
  const first = ids.filter((id) => id === wanted)
  return [...first, ...ids.filter((id) => id !== wanted)].slice(0, MOST_MODELS)
}
