/** What a reply costs on the wire by its length, alone on its page; and how often Inngest calls the app for it. */
import type { Stack } from '../local/stack/createStack.ts'
import { askProduct, takeSeat } from './askProduct.ts'
import type { BenchPerson } from './people.ts'
import { readRun } from './readTimes.ts'

export interface LengthCost {
  words: number
  textBytes: number
  wireBytes: number
  receivedBytes: number
  executions: number
  checkpointing: boolean
}

/** All lengths at the same time, each on a page of its own. */
export async function measureLengths(
  stack: Stack,
  people: readonly BenchPerson[],
  lengths: readonly number[],
): Promise<LengthCost[]> {
  const one = async (words: number, place: number): Promise<LengthCost> => {
    const person = people[place]
    if (!person) throw new Error(`There is no person ${place}.`)
    const seat = await takeSeat(stack, person)
    const { text, wireBytes, receivedBytes, runId } = await askProduct(stack, seat, `write ${words} words`)
    await seat.page.close()
    const { executions, checkpointing } = await readRun(stack, runId)
    return { words, textBytes: Buffer.byteLength(text), wireBytes, receivedBytes, executions, checkpointing }
  }
  return Promise.all(lengths.map(one))
}
