/**
 * Hop 4 of 7. The durable function: take the turn → prepare → (an approved call) → model ⇄ tools → settle. Each step may be called any number of times;
 * the database says what is still to be done. Step names are memory, in Inngest and in the job ledger: never rename one.
 */
import { callModel } from '../../lib/agent/callModel.ts'
import { callApproved, callTool } from '../../lib/agent/callTool.ts'
import { completePlan, prepareReply } from '../../lib/agent/prepareReply.ts'
import { failRun, settleTurn } from '../../lib/agent/settleTurn.ts'
import { takeTurn } from '../../lib/agent/takeTurn.ts'
import { inngest, messageSent, turnStarted } from '../client.ts'

export const processMessage = inngest.createFunction(
  {
    id: 'process-message',
    triggers: [messageSent, turnStarted],
    // An outage of minutes must not lose a message. Faults of the model end earlier, by retryPolicy.ts.
    retries: 20,
    // A request to Inngest after each step would be half of what a tool call costs. If we crash before it: the steps it would have told
    // of are called again, and the ledger answers them.
    checkpointing: { bufferedSteps: 10 },
    onFailure: ({ event, step }) =>
      step.run('settle-failed-run', () => {
        const { run_id: runId, event: cause } = event.data
        const message = messageSent.schema.safeParse(cause.data)
        return failRun(runId, cause.name === messageSent.name ? message.data : undefined, 'gave-up')
      }),
  },
  async ({ event, step, runId }) => {
    const turn = await step.run('take-turn', () => takeTurn(event, runId))
    if (turn.kind !== 'go') return turn

    const plan = completePlan(await step.run('prepare', () => prepareReply(turn)))

    const { call } = plan
    const approved = call ? await step.run('tool-approved-0', () => callApproved(turn, call)) : undefined

    // What waits ends the turn: its outcome is a turn of its own.
    for (let n = 0, next = approved?.waits ? 'settle' : 'model'; next === 'model'; n++) {
      const reply = await step.run(`model-${n}`, () => callModel(turn, plan, n))
      const calls = await Promise.all(
        reply.toolCalls.map((at) => step.run(`tool-${n}-${at}`, () => callTool(turn, n, at))),
      )
      next = calls.some(({ waits }) => waits) ? 'settle' : reply.next
    }

    return step.run('settle', () => settleTurn(turn))
  },
)
