/** The tries of a step, as its ledger row keeps them: what was opened when, and how it ended. */
import type { Doc } from '../_generated/dataModel.js'
import type { Try, TurnError } from '../validators.ts'
import { present } from './present.ts'

/** The oldest go first: a step that is tried for hours is told by its last tries. */
const keptTries = 20
/** A provider's message may be a page. */
const messageChars = 500

type Row = Pick<Doc<'steps'>, 'openedAt' | 'endedAt' | 'error' | 'retryAt' | 'tries'>

/** `row` null: the first. One that is still open has died, and keeps no end. */
export function openTry(row: Row | null, now: number): Try[] {
  return [...(row ? triesOf(row) : []), { openedAt: now }].slice(-keptTries)
}

/** Of the last one. */
export function endTry(row: Row, now: number, error?: TurnError, retryAt?: number): Try[] {
  const tries = triesOf(row)
  const last = tries.at(-1) ?? { openedAt: row.openedAt }
  return [...tries.slice(0, -1), { openedAt: last.openedAt, endedAt: now, ...reasonOf(error, retryAt) }]
}

/** A row of an older deploy knows its last try only. */
export function triesOf(row: Row): Try[] {
  return row.tries ?? [{ ...present(row, ['openedAt', 'endedAt']), ...reasonOf(row.error, row.retryAt) }]
}

function reasonOf(error: TurnError | undefined, retryAt: number | undefined) {
  return {
    ...(error ? { code: error.code, message: error.message.slice(0, messageChars).toWellFormed() } : {}),
    ...(retryAt === undefined ? {} : { retryAt }),
  }
}
