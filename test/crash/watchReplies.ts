/** Follows the text of every running reply of a conversation, as an open page does, and keeps what it saw. */
import { api } from '../../convex/_generated/api.js'
import type { Conversation } from '../support/conversation.ts'
import type { Person } from '../support/person.ts'
import type { Phase } from './killPlan.ts'

export interface Progress {
  /** Changes whenever the reply moves: another status, try, part or more text. */
  mark: string
  phase: Phase | undefined
}

export interface ReplyWatch {
  /** Running turns of this conversation by turn id. */
  progress(): Map<string, Progress>
  /** Sentences about text that did anything but grow under one key: two tries mixed on the screen. */
  faults: string[]
  close(): void
}

interface Followed {
  key: string | null
  text: string
  stop: () => void
}

export function watchReplies(person: Person, conversation: Conversation): ReplyWatch {
  const followed = new Map<string, Followed>()
  const faults: string[] = []

  function follow(messageId: string): Followed {
    const state: Followed = { key: null, text: '', stop: () => {} }
    state.stop = person.convex.onUpdate(
      api.messages.follow,
      { messageId, key: null, from: 0 },
      (view) => {
        if (view.key === state.key && !view.text.startsWith(state.text)) {
          faults.push(`${messageId} under ${view.key}: the text seen so far is not how the new text begins`)
        }
        state.key = view.key
        state.text = view.text
      },
      () => {},
    )
    return state
  }

  function progress(): Map<string, Progress> {
    const running = conversation.tail().filter((row) => row.role === 'assistant')
    for (const [messageId, state] of followed) {
      if (running.some((row) => row.messageId === messageId)) continue
      state.stop()
      followed.delete(messageId)
    }
    const found = new Map<string, Progress>()
    for (const row of running) {
      const state = followed.get(row.messageId) ?? follow(row.messageId)
      followed.set(row.messageId, state)
      const parts = row.parts ?? []
      const mark = [row.status, row.inngestJobId, row.live?.key, parts.length, state.key, state.text.length].join('|')
      found.set(row.turnId, { mark, phase: phaseOf(row) })
    }
    return found
  }

  return {
    progress,
    faults,
    close() {
      for (const state of followed.values()) state.stop()
    },
  }
}

type Row = ReturnType<Conversation['tail']>[number]

function phaseOf(row: Row): Phase | undefined {
  const { parts = [] } = row
  if (row.status !== 'processing') return undefined
  if (row.detail?.kind === 'retrying') return 'retrying'
  if (row.inngestJobId === '') return 'settled-next-not-started'
  if (row.live?.key) return 'mid-stream'
  if (parts.some((part) => part.type === 'tool' && part.state === 'running')) return 'calling-tools'
  return parts.length > 0 ? 'committed-not-recorded' : 'preparing'
}
