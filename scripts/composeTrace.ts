/** Turns what each part knows of a message into one story in the order of time. Pure. */
import type { FunctionReturnType } from 'convex/server'
import type { api } from '../convex/_generated/api.js'
import type { InngestEvent, InngestRun, InngestStep } from './readInngest.ts'

export type TurnTrace = FunctionReturnType<typeof api.service.trace.byMessage>[number]

export interface JournalLine {
  kind: 'request' | 'end'
  at: number
  id: string
  correlationId: string
  outcome?: string | undefined
  tokens?: number | undefined
}

export interface Found {
  turn: TurnTrace
  events: InngestEvent[]
  runs: { run: InngestRun; steps: InngestStep[] | undefined }[]
  journal: JournalLine[]
}

interface Moment {
  at: number
  where: 'app' | 'inngest' | 'convex' | 'model'
  what: string
}

const parse = (text: string | null | undefined) => (text ? Date.parse(text) : undefined)

function momentsOfTurn({ turn }: Found): Moment[] {
  const moments: Moment[] = [{ at: turn.createdAt, where: 'convex', what: `turn saved (${turn.cause})` }]
  if (turn.startedAt !== undefined)
    moments.push({ at: turn.startedAt, where: 'convex', what: `processing, seq ${turn.seq ?? '?'}` })
  if (turn.firstTokenAt !== undefined)
    moments.push({ at: turn.firstTokenAt, where: 'convex', what: 'first text of the reply' })
  if (turn.settledAt !== undefined) {
    const why = turn.error ? `: ${turn.error.code}, ${turn.error.message}` : `, ${turn.chars} characters`
    moments.push({ at: turn.settledAt, where: 'convex', what: `${turn.state}${why}` })
  }
  for (const owed of turn.owed) {
    moments.push({
      at: owed.createdAt,
      where: 'convex',
      what: `owes ${owed.eventId} (${owed.attempts} tries to deliver)`,
    })
  }
  return moments
}

function momentsOfStep(step: TurnTrace['steps'][number]): Moment[] {
  const tries = step.try > 1 ? `, try ${step.try}` : ''
  const opened: Moment = {
    at: step.openedAt,
    where: 'convex',
    what: `${step.step} opened${tries} (epoch ${step.epoch})`,
  }
  if (step.endedAt === undefined) return [opened]
  const usage = step.usage ? `, tokens ${step.usage.inputTokens ?? '?'} in ${step.usage.outputTokens ?? '?'} out` : ''
  const error = step.error ? `: ${step.error.code}, ${step.error.message}` : ''
  const retry = step.retryAt === undefined ? '' : `, again at ${new Date(step.retryAt).toISOString()}`
  return [opened, { at: step.endedAt, where: 'convex', what: `${step.step} ${step.state}${usage}${error}${retry}` }]
}

function momentsOfEvent({ id, name, received_at, data }: InngestEvent): Moment[] {
  const stored: Moment = {
    at: Date.parse(received_at),
    where: 'inngest',
    what: `event ${name} stored (${id ?? 'no id'})`,
  }
  if (data.sentAt === undefined) return [stored]
  const again = data.resend ? `, sent again (${data.resend})` : ''
  return [{ at: data.sentAt, where: 'app', what: `message accepted${again}` }, stored]
}

function momentsOfRun({ run, steps = [] }: Found['runs'][number]): Moment[] {
  const moments: Moment[] = []
  const add = (at: number | undefined, what: string) => {
    if (at !== undefined) moments.push({ at, where: 'inngest', what })
  }
  add(parse(run.run_started_at), `run ${run.run_id} of ${run.function_id ?? 'a function'} started`)
  for (const step of steps) {
    for (const failure of step.failures ?? [])
      add(
        parse(failure.at),
        `${step.name || 'the function'} failed (attempt ${failure.attempt}): ${describeError(failure.error)}`,
      )
    add(
      parse(step.ended_at),
      `${step.name} recorded${(step.attempts ?? 1) > 1 ? ` after ${step.attempts} attempts` : ''}`,
    )
  }
  add(parse(run.ended_at), `run ${run.run_id} ${run.status.toLowerCase()}`)
  return moments
}

function describeError(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string')
    return error.message
  return JSON.stringify(error) ?? 'no reason given'
}

function momentsOfJournal(lines: JournalLine[]): Moment[] {
  return lines.map((line): Moment => {
    const what =
      line.kind === 'request'
        ? `request ${line.correlationId}`
        : `${line.outcome}, ${line.tokens} tokens (${line.correlationId})`
    return { at: line.at, where: 'model', what }
  })
}

/** "+1.234 s": since the first moment. */
const since = (ms: number) => `+${(ms / 1000).toFixed(3)} s`.padStart(12)

export function composeTrace(found: Found): string[] {
  const { turn, events, runs, journal } = found
  const moments: Moment[] = [
    ...momentsOfTurn(found),
    ...events.flatMap(momentsOfEvent),
    ...runs.flatMap(momentsOfRun),
    ...turn.steps.flatMap(momentsOfStep),
    ...momentsOfJournal(journal),
  ].sort((a, b) => a.at - b.at)
  const first = moments[0]?.at ?? 0
  const executions = turn.steps.reduce((sum, step) => sum + step.try, 0)
  const requests = journal.filter(({ kind }) => kind === 'request').length
  return [
    `message ${turn.messageId}  thread ${turn.threadId ?? '(deleted)'}  owner ${turn.ownerId}`,
    `turn    ${turn.turnId}  ${turn.state}  epoch ${turn.epoch}  ${turn.restarts} restarts  run ${turn.runId ?? '(none)'}`,
    ...moments.map(
      ({ at, where, what }, index) =>
        `${index === 0 ? new Date(at).toISOString().slice(11, 23).padStart(12) : since(at - first)}  ${where.padEnd(8)} ${what}`,
    ),
    `${turn.steps.length} steps in ${executions} tries, ${requests} requests to the local model`,
  ]
}
