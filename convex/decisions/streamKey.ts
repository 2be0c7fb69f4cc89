/** `<epoch>.<step>.<try>`: whose text it is. A reader that holds another key starts anew. */
import type { Live } from '../validators.ts'

export function streamKey(live: Live): string {
  return `${live.epoch}.${live.step}.${live.try}`
}
