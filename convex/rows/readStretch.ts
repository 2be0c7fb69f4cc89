/** The next stretch of a branch that no summary tells of yet: oldest first, whole turns, bounded. */
import { v } from 'convex/values'
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import type { Link } from '../decisions/chainOf.ts'
import { cutMiddle } from '../decisions/chooseHistory.ts'
import { estimateTokens } from '../decisions/estimateTokens.ts'
import { messageText } from './messageView.ts'
import { rowsForth } from './readChain.ts'

export const spokenValidator = v.object({
  role: v.union(v.literal('user'), v.literal('assistant')),
  text: v.string(),
  /** Names of what the reply called. */
  tools: v.array(v.string()),
})
type Spoken = typeof spokenValidator.type

const mostRows = 200
const mostTokens = 24_000
/** Beginning and end say enough of one message. */
const mostChars = 8_000

/** `reached`: the settledSeq up to which it goes. */
export async function readStretch(
  ctx: QueryCtx,
  thread: Doc<'threads'>,
  chain: readonly Link[],
  from: number,
  uptoSettled: number,
): Promise<{ messages: Spoken[]; reached: number }> {
  const read: { settledSeq: number; spoken: Spoken }[] = []
  let tokens = 0
  for await (const row of rowsForth(ctx, thread._id, chain, from)) {
    const spoken = tellSpoken(row)
    tokens += estimateTokens(spoken.text.length)
    if (read.length === mostRows || (tokens > mostTokens && read.length > 1)) return endBefore(read, row.settledSeq)
    read.push({ settledSeq: row.settledSeq, spoken })
  }
  return { messages: spokenIn(read.map(({ spoken }) => spoken)), reached: uptoSettled }
}

/** Whole turns: a question goes with its reply. */
function endBefore(read: readonly { settledSeq: number; spoken: Spoken }[], settledSeq: number) {
  const end = Math.floor(settledSeq / 2) * 2
  const whole = read.filter((row) => row.settledSeq < end)
  return { messages: spokenIn(whole.map(({ spoken }) => spoken)), reached: end - 1 }
}

const spokenIn = (all: readonly Spoken[]) => all.filter(({ text, tools }) => text !== '' || tools.length > 0)

/** What no model has read, or what was replaced, says nothing. */
function tellSpoken(row: Doc<'messages'>): Spoken {
  const { role } = row
  if (row.superseded || row.startedAt === undefined) return { role, text: '', tools: [] }
  const parts = row.parts ?? []
  const tools = parts.flatMap((part) => (part.type === 'tool' ? [part.name] : []))
  const added = parts.flatMap((part) => (part.type === 'steer' ? [part.text] : []))
  return { role, text: cutMiddle([...added, messageText(row)].join('\n').trim(), mostChars), tools }
}
