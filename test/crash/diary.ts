/** What the clients of a crash run did and were told: what the verdict holds the product to. */
import { ConvexError } from 'convex/values'
import type { Sent } from '../support/conversation.ts'
import type { Continued, GivenAnswer, SentMessage, WantedEffect } from './evidence.ts'
import type { Line } from './script.ts'

export interface Diary {
  /** What was asked for, by message id. */
  lines: Map<string, Line>
  answers: GivenAnswer[]
  continued: Continued[]
  /** By message id: the turns that were to answer it once more. */
  regenerated: Map<string, string[]>
  displaced: Set<string>
  removed: Set<string>
  steering: Set<string>
  /** How many turns the person may have ended, by thread. */
  stops: Map<string, number>
  /** Runs of schedules by marker: the turns that were announced, and whether the clock owes one more. */
  runs: Map<string, { threadId: string; turns: Set<string>; byClock: boolean }>
  /** Tasks that were there and were taken away, by marker. */
  gone: Map<string, number>
  /** Answers that nothing explains: a refusal where none is due. */
  faults: string[]
}

export const startDiary = (): Diary => ({
  lines: new Map(),
  answers: [],
  continued: [],
  regenerated: new Map(),
  displaced: new Set(),
  removed: new Set(),
  steering: new Set(),
  stops: new Map(),
  runs: new Map(),
  gone: new Map(),
  faults: [],
})

/** Noted before it is done: whoever dies in between, it may have happened. */
export function noteStop({ stops }: Diary, threadId: string): void {
  stops.set(threadId, (stops.get(threadId) ?? 0) + 1)
}

/** Undefined: refused, as `allowed` says it may be. Any other refusal is a fault. */
export async function attempt<T>(diary: Diary, what: string, allowed: string[], act: () => Promise<T>) {
  try {
    return await act()
  } catch (error) {
    const code: unknown = error instanceof ConvexError ? error.data?.code : undefined
    if (typeof code !== 'string' || !allowed.includes(code)) diary.faults.push(`${what}: ${String(error)}`)
    return undefined
  }
}

export function describeSent(diary: Diary, { messageId, threadId, ackedAt }: Sent): SentMessage {
  const { reply, calls = 1, afterwards, isFaulty, waits } = diary.lines.get(messageId) ?? { reply: undefined }
  const regenerated = diary.regenerated.get(messageId)
  return {
    messageId,
    threadId,
    acked: ackedAt !== undefined,
    reply,
    calls,
    ...(afterwards === undefined ? {} : { afterwards }),
    ...(isFaulty ? { isFaulty } : {}),
    ...(waits ? { waits } : {}),
    ...(diary.displaced.has(messageId) ? { displaced: true } : {}),
    ...(diary.removed.has(messageId) ? { removed: true } : {}),
    ...(diary.steering.has(messageId) ? { steers: true } : {}),
    ...(regenerated ? { regenerated } : {}),
  }
}

export function describeEffects(diary: Diary, sent: readonly Sent[]): WantedEffect[] {
  const ofLines = sent.flatMap(({ messageId, threadId }): WantedEffect[] => {
    const effect = diary.lines.get(messageId)?.effect
    return effect ? [{ ...effect, threadId, times: 1 }] : []
  })
  const ofRuns = [...diary.runs].map(([marker, { threadId, turns, byClock }]): WantedEffect => {
    return { marker, threadId, kind: 'run', times: turns.size + (byClock ? 1 : 0) }
  })
  return [...ofLines, ...ofRuns]
}
