/** `npm run trace -- <messageId>`: the life of a message, hop by hop, as Inngest, Convex and the local model know it. */
import { z } from 'zod'
import { api } from '../convex/_generated/api.js'
import { StackError } from '../local/stack/stackError.ts'
import { composeTrace, type Found, type JournalLine, type TurnTrace } from './composeTrace.ts'
import { connectRunning, type Running } from './connectRunning.ts'
import { say } from './progress.ts'
import { type InngestEvent, readEvents, readRunSteps, readRuns } from './readInngest.ts'

/** An event may be older than its turn (Convex was down) or younger (a restart by the watchdog). */
const BEFORE_MS = 60 * 60_000
const AFTER_MS = 6 * 60 * 60_000
const eventNames = ['chat/message.sent', 'chat/turn.started']

const journal = z.object({
  lines: z.array(
    z.object({
      kind: z.enum(['request', 'end']),
      at: z.number(),
      id: z.string(),
      correlationId: z.string(),
      outcome: z.string().optional(),
      tokens: z.number().optional(),
    }),
  ),
})

async function readJournal(running: Running, turn: TurnTrace): Promise<JournalLine[]> {
  if (!running.model) return []
  const response = await fetch(`${running.model}/journal?since=${turn.createdAt - BEFORE_MS}`)
  const { lines } = journal.parse(await response.json())
  return lines.filter(({ correlationId }) => correlationId.startsWith(`${turn.turnId}/`))
}

const isAbout = (turn: TurnTrace) => {
  const prefixes = [`msg:${turn.ownerId}:${turn.messageId}:`, `turn:${turn.turnId}:`]
  return (event: InngestEvent) => prefixes.some((prefix) => event.id?.startsWith(prefix))
}

async function findAll(running: Running, turn: TurnTrace): Promise<Found> {
  const around = { from: turn.createdAt - BEFORE_MS, to: (turn.settledAt ?? turn.createdAt) + AFTER_MS }
  const [events, lines] = await Promise.all([
    readEvents(running.inngest, eventNames, around),
    readJournal(running, turn),
  ])
  const mine = events.filter(isAbout(turn))
  const runs = (await Promise.all(mine.map(({ internal_id }) => readRuns(running.inngest, internal_id)))).flat()
  const withSteps = runs.map(async (run) => ({ run, steps: await readRunSteps(running.inngest, run.run_id) }))
  return { turn, events: mine, runs: await Promise.all(withSteps), journal: lines }
}

async function findUnsaved(running: Running, messageId: string): Promise<string> {
  const events = await readEvents(running.inngest, ['chat/message.sent'], {
    from: Date.now() - 24 * BEFORE_MS,
    to: Date.now(),
  })
  const event = events.find(({ id }) => id?.includes(`:${messageId}:`))
  if (event)
    return `Convex does not know ${messageId}, but Inngest has its event since ${event.received_at}: it waits for a run, or its run fails. Look at the logs of inngest and web.`
  return `Nobody knows ${messageId}: neither Convex nor, within a day, Inngest. It was never accepted, or the id is not a message's (data-message-id in the page).`
}

async function trace(messageId: string): Promise<number> {
  const running = connectRunning()
  const turns = await (await running.service()).query(api.service.trace.byMessage, { messageId })
  if (turns.length === 0) {
    say(await findUnsaved(running, messageId))
    return 1
  }
  for (const turn of turns) for (const line of composeTrace(await findAll(running, turn))) say(line)
  return 0
}

const [messageId] = process.argv.slice(2)
if (!messageId) {
  say('Say which message: npm run trace -- <messageId>   (data-message-id in the page)')
  process.exit(2)
}
try {
  process.exit(await trace(messageId))
} catch (error) {
  if (!(error instanceof StackError)) throw error
  say(error.message)
  process.exit(1)
}
