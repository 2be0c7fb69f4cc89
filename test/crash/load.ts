/** A steady load of conversations: each does one thing, waits until all of it has ended, and does the next. */
import type { Conversation } from '../support/conversation.ts'
import type { Person } from '../support/person.ts'
import type { SeededRandom } from '../support/seededRandom.ts'
import type { Diary } from './diary.ts'
import { everything, pickEpisode } from './episodes.ts'
import type { Episode } from './scene.ts'
import type { Inbox } from './watchInbox.ts'

export interface Load {
  /** Nothing new; ends when what was begun has ended, or was waited for long enough. */
  finish(): Promise<void>
}

export interface Talk {
  conversation: Conversation
  person: Person
  inbox: Inbox
}

/** What the conversations do, and how often, each beside the others. */
export type Script = readonly (readonly [times: number, episode: Episode])[]

export interface LoadOptions {
  random: SeededRandom
  diary: Diary
  script?: Script | undefined
  patienceMs: number
}

export function startLoad(
  talks: readonly Talk[],
  { random, diary, script = everything, patienceMs }: LoadOptions,
): Load {
  let over = false

  async function talk(one: Talk): Promise<void> {
    do await pickEpisode(script, random)({ ...one, random, diary, patienceMs })
    while (!over)
  }

  const talking = talks.map(talk)
  return {
    async finish() {
      over = true
      await Promise.all(talking)
    },
  }
}
