/** What tools and schedules did, counted by words that nothing else contains: once is right, twice never is. Pure. */
import { type Evidence, type Finding, isTerminal, type SeenMessage, type WantedEffect } from './evidence.ts'

export function checkEffects(evidence: Evidence): Finding[] {
  return evidence.effects.flatMap((effect) => [...checkEffect(effect, evidence), ...checkRuns(effect, evidence)])
}

/** A task's prompt is `echo <marker>`. */
function checkRuns({ kind, marker, threadId }: WantedEffect, { threads }: Evidence): Finding[] {
  if (kind !== 'run') return []
  const rows = threads.get(threadId) ?? []
  const inputs = rows.filter((row) => row.role === 'user' && row.cause === 'schedule' && row.text.includes(marker))
  return inputs.flatMap((input): Finding[] => {
    const about = { messageId: input.messageId, threadId }
    const replies = rows.filter((row) => row.role === 'assistant' && row.inReplyTo === input.messageId)
    const [reply] = replies
    if (replies.length > 1) return [{ kind: 'duplicated', ...about, detail: `${replies.length} replies to a task` }]
    const status = reply?.status ?? input.status
    if (!isTerminal({ status })) return [{ kind: 'stuck', ...about, detail: `a task is ${status}` }]
    if (status !== 'completed') return [{ kind: 'lost', ...about, detail: `a task is ${status}` }]
    return reply?.text === marker
      ? []
      : [{ kind: 'mixed', ...about, detail: `a task says ${reply?.text.slice(0, 120)}` }]
  })
}

function checkEffect(effect: WantedEffect, { threads, seenEffects, waits }: Evidence): Finding[] {
  const { marker, threadId, kind } = effect
  const seen = seenEffects.get(marker) ?? 0
  const approved = waits.filter(({ state, summary }) => state === 'approved' && summary?.includes(marker))
  // What was not approved must not be there at all.
  const times = kind === 'schedule' ? Math.min(effect.times, approved.length) : effect.times
  const detail = `the ${kind} is there ${seen} times, not ${times}`
  const about = { messageId: marker, threadId, detail }
  const rows = threads.get(threadId) ?? []
  if (seen > times) return [{ kind: 'tool_effects_doubled', ...about }]
  const forgets = approved.filter(({ tool }) => tool === 'forget')
  if (forgets.length > 0) {
    const isForgotten = forgets.some(({ waitId }) => rows.some((row) => row.inReplyTo === waitId && saysDone(row, '')))
    return isForgotten && seen > 0
      ? [{ kind: 'lost', ...about, detail: `the ${kind} was forgotten, and is there` }]
      : []
  }
  if (seen === times) return []
  if (kind === 'run') return [{ kind: 'waits_lost', ...about }]
  return rows.some((row) => saysDone(row, marker)) ? [{ kind: 'lost', ...about }] : []
}

/** A reply that was never made, or was stopped, promises nothing. */
function saysDone({ role, status, text }: SeenMessage, marker: string): boolean {
  const isDone = text.startsWith('Result of') || text.startsWith('Done: ')
  return role === 'assistant' && status === 'completed' && isDone && text.includes(marker)
}
