/** A steady load of conversations: each sends one to three messages at once (some of them twice), waits until all are answered, and goes on. */
import type { Conversation } from '../support/conversation.ts'
import type { SeededRandom } from '../support/seededRandom.ts'
import { type Line, writeLine } from './script.ts'

export interface Load {
  /** What was asked for, by message id. */
  lines: Map<string, Line>
  /** No new messages; ends when every message sent so far was seen in its thread. */
  finish(): Promise<void>
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export interface Script {
  write: (random: SeededRandom) => Line
  /** How many messages a conversation sends at once, at the most. */
  mostAtOnce: number
}

const everything: Script = { write: writeLine, mostAtOnce: 3 }

export function startLoad(
  conversations: readonly Conversation[],
  random: SeededRandom,
  script: Script = everything,
): Load {
  const lines = new Map<string, Line>()
  let over = false

  async function talk(conversation: Conversation): Promise<void> {
    while (!over) {
      const landings = Array.from({ length: random.int(1, script.mostAtOnce) }, () => {
        const line = script.write(random)
        const { record, landed } = conversation.send(line.text, { twice: random.chance(0.25) })
        lines.set(record.messageId, line)
        return landed
      })
      await Promise.all(landings)
      while (!over && conversation.tail().length > 0) await pause(50)
    }
  }

  const talks = conversations.map(talk)
  return {
    lines,
    async finish() {
      over = true
      await Promise.all(talks)
    },
  }
}
