/** The history of a turn, for the model: read newest first until the budget is used up, told oldest first. */
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { chooseFold, type SeenRow } from '../decisions/chooseFold.ts'
import { chooseRow } from '../decisions/chooseHistory.ts'
import { tokensOfMessage } from '../decisions/estimateTokens.ts'
import { findMessage } from './findRows.ts'
import { ownWords } from './ownWords.ts'
import { findSummary, readChain, rowsBack, upTo } from './readChain.ts'
import { type Told, tell } from './tellRow.ts'

/** However short the messages are; what is older is told by a summary. */
const rowsRead = 100
/** What the person wrote lately themselves: at most so many texts of so many rows. */
const personTextsKept = 10
const personRowsRead = 20

export interface History {
  /** Oldest first. */
  history: Told[]
  /** There was more than the budget holds, and no summary tells of it. */
  truncated: boolean
  summary: { uptoSettled: number; text: string } | null
  /** A summary up to here is due. */
  fold: number | null
  /** The person's own words of the last messages, newest first. */
  personTexts: string[]
}

/** With a budget of 0 only the person's own words are read: twenty rows at most. */
export async function readHistory(ctx: QueryCtx, turn: Doc<'turns'>, budget: number): Promise<History> {
  const chain = upTo(await readChain(ctx, turn.branch), (turn.seq ?? 0) * 2 - 1)
  const isWanted = budget > 0
  const summary = isWanted ? await findSummary(ctx, turn.thread, chain) : null
  const walk = new Walk(ctx, turn, budget)
  const floor = summary?.uptoSettled ?? 0
  for await (const row of rowsBack(ctx, turn.thread, chain, floor)) {
    await walk.readWords(row)
    if (isWanted && !walk.isFull) await walk.take(row)
    if (walk.rows >= (isWanted && !walk.isFull ? rowsRead : personRowsRead)) {
      // The row right behind the floor, or the thread's first, has nothing before it.
      walk.isFull ||= isWanted && row.settledSeq > Math.max(floor + 1, 2)
      break
    }
  }
  return {
    history: walk.newestFirst.toReversed(),
    truncated: walk.isFull,
    summary: summary && { uptoSettled: summary.uptoSettled, text: summary.text },
    fold: chooseFold(walk.seen, walk.isFull, budget),
    personTexts: walk.personTexts,
  }
}

/** What has been read so far. */
class Walk {
  readonly newestFirst: Told[] = []
  readonly seen: SeenRow[] = []
  readonly personTexts: string[] = []
  rows = 0
  isFull = false
  private left: number
  readonly answered = new Set<string>()
  readonly told = new Set<string>()
  private readonly ctx: QueryCtx
  private readonly turn: Doc<'turns'>
  private readonly budget: number

  constructor(ctx: QueryCtx, turn: Doc<'turns'>, budget: number) {
    this.ctx = ctx
    this.turn = turn
    this.budget = budget
    this.left = budget
  }

  async readWords(row: Doc<'messages'>): Promise<void> {
    this.rows += 1
    for (const text of await ownWords(this.ctx, row))
      if (this.personTexts.length < personTextsKept) this.personTexts.push(text)
  }

  async take(row: Doc<'messages'> & { settledSeq: number }): Promise<void> {
    const told = await this.tellRow(row)
    const tokens = told.reduce((sum, one) => sum + tokensOfMessage(one), 0)
    this.seen.push({ settledSeq: row.settledSeq, tokens })
    for (const one of told) {
      this.left -= tokensOfMessage(one)
      this.isFull ||= this.left < 0
      if (!this.isFull) this.newestFirst.push(one)
    }
  }

  /** Newest first: a retried reply, then the message it answers. */
  private async tellRow(row: Doc<'messages'>): Promise<Told[]> {
    // The turn's own input is told by itself, last.
    if (row._id === this.turn.inputMessage) return []
    const choice = chooseRow(row, this)
    if (choice === 'skip') return []
    const own = await tell(this.ctx, row, this.budget)
    if (row.inReplyTo === undefined) return [own]
    if (choice !== 'take') {
      const input = await findMessage(this.ctx, row.ownerId, row.inReplyTo)
      if (input && (choice === 'with-input' || input.retried)) {
        this.told.add(input.messageId)
        return [own, await tell(this.ctx, input, this.budget)]
      }
    }
    this.answered.add(row.inReplyTo)
    return [own]
  }
}
