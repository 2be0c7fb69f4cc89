/** Which models a turn may use: the wanted one first, then the others in the operator's order. */
import { type ModelEnv, namesOf } from './models.ts'

/**
 * Each model may take six tries (retryPolicy.ts), and a step of a run has 21: a third model still ends with a sentence of its own,
 * instead of Inngest giving the run up.
 */
const MOST_MODELS = 3

/** Unknown (an operator may remove a model that a thread or a message still names): the default comes first. */
export function orderModels(env: ModelEnv, wanted: string | undefined): string[] {
  const ids = namesOf(env).map(({ id }) => id)
  const first = ids.filter((id) => id === wanted)
  return [...first, ...ids.filter((id) => id !== wanted)].slice(0, MOST_MODELS)
}
