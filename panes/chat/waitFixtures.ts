// One sample of every state a wait can be in: for tests and for the fixtures page. No backend behind it.
import type { Id } from '../../convex/_generated/dataModel.js'
import type { Part, WaitView } from '../../convex/validators.ts'

const fixedNow = Date.UTC(2026, 10, 23, 13, 5)
const WEEK_MS = 7 * 24 * 60 * 60 * 1_000

type Given = Partial<Omit<WaitView, 'waitId' | 'turnId' | 'continuation'>> & {
  waitId?: string
  turnId?: string
  continuation?: string
}

export function waitOf({ waitId = 'wait-1', turnId = 'turn-1', continuation, ...more }: Given): WaitView {
  return {
    // A fixture's rows are in no database: these are the brands' only use of them.
    waitId: waitId as Id<'waits'>,
    turnId: turnId as Id<'turns'>,
    threadId: 'thread-1',
    messageId: turnId,
    step: 'tool-0-0',
    kind: 'question',
    state: 'open',
    until: fixedNow + WEEK_MS,
    openedAt: fixedNow,
    ...(continuation === undefined ? {} : { continuation: continuation as Id<'turns'> }),
    ...more,
  }
}

/** The tool call of a reply that made this wait. */
export function waitingPart(wait: WaitView): Part {
  const names = { time: 'wait', question: 'askUser', approval: wait.tool ?? 'forget' }
  return {
    type: 'tool',
    step: wait.step,
    id: `call-${wait.waitId}`,
    name: names[wait.kind],
    input: '{}',
    output: '{}',
    state: 'waiting',
    wait: wait.waitId,
  }
}
