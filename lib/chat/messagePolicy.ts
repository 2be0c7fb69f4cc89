/** What may become of a message that comes while a reply is being made; and which names of models can be asked for at all. */
import type { Policy } from '../../convex/validators.ts'

/** `queue`: it waits. `steer`: the running reply takes it in. `interrupt`: the running reply is stopped. */
export const policies = ['queue', 'steer', 'interrupt'] as const satisfies readonly Policy[]

const maxModelChars = 100
const printable = /^[\x21-\x7e]+$/

/** Whether a model of that name exists is known to the worker, and may change between sending and replying. */
export function isModelName(name: string): boolean {
  return name.length <= maxModelChars && printable.test(name)
}
