import { expect, test } from 'vitest'
import { composeTrace, type Found, type TurnTrace } from './composeTrace.ts'

const T = Date.parse('2026-11-23T08:00:00.000Z')
const iso = (ms: number) => new Date(T + ms).toISOString()
const step = { turnId: 'turn1', runId: 'run1', epoch: 1, try: 1, failures: 0 } as const

// A Convex id is a string with a brand.
const turnId = 'turn1' as TurnTrace['turnId']
const found: Found = {
  turn: {
    ownerId: 'user1',
    threadId: 'thread1',
    messageId: 'message1',
    turnId,
    cause: 'message',
    state: 'completed',
    seq: 1,
    epoch: 2,
    runId: 'run1',
    restarts: 0,
    createdAt: T + 20,
    startedAt: T + 20,
    firstTokenAt: T + 400,
    settledAt: T + 500,
    chars: 9,
    steps: [
      { ...step, turnId, step: 'model-0', kind: 'model', state: 'done', try: 2, openedAt: T + 100, endedAt: T + 450 },
    ],
    owed: [],
  },
  events: [
    {
      id: 'msg:user1:message1:0',
      internal_id: 'e1',
      name: 'chat/message.sent',
      received_at: iso(5),
      data: { sentAt: T, resend: 0 },
    },
  ],
  runs: [
    {
      run: {
        run_id: 'run1',
        status: 'Completed',
        function_id: 'process-message',
        run_started_at: iso(6),
        ended_at: iso(510),
      },
      steps: [
        {
          name: 'model-0',
          status: 'Completed',
          started_at: iso(100),
          ended_at: iso(460),
          due_at: null,
          attempts: 2,
          failures: [{ attempt: 0, at: iso(150), error: { message: 'overloaded' } }],
        },
      ],
    },
  ],
  journal: [
    { kind: 'request', at: T + 110, id: 'r1', correlationId: 'turn1/model-0/1.1' },
    { kind: 'end', at: T + 440, id: 'r1', correlationId: 'turn1/model-0/1.1', outcome: 'completed', tokens: 5 },
  ],
}

test('what each part knows becomes one story in the order of time', () => {
  const lines = composeTrace(found)
  const times = lines.slice(3, -1).map((line) => Number(/\+(\d+\.\d+) s/.exec(line)?.[1]))
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(lines[2]).toMatch(/^08:00:00\.000 {2}app {6}message accepted$/)
  expect(lines.map((line) => line.slice(14, 22).trim()).slice(2, -1)).toEqual(
    'app inngest inngest convex convex convex model inngest convex model convex inngest convex inngest'.split(' '),
  )
})

test('tries, failures and the outcome are told', () => {
  const text = composeTrace(found).join('\n')
  expect(text).toContain('turn1  completed  epoch 2  0 restarts  run run1')
  expect(text).toContain('model-0 failed (attempt 0): overloaded')
  expect(text).toContain('model-0 recorded after 2 attempts')
  expect(text).toContain('model-0 opened, try 2')
  expect(text).toContain('1 steps in 2 tries, 1 requests to the local model')
})

test('a failed turn tells its reason, a repeated message that it was sent again', () => {
  const error = { code: 'model-failed', message: 'The model failed.' }
  const { settledAt = 0, ...rest } = found.turn
  const turn: TurnTrace = { ...rest, settledAt, state: 'failed', error: error as NonNullable<TurnTrace['error']> }
  const events = found.events.map((event) => ({ ...event, data: { ...event.data, resend: 1 } }))
  const text = composeTrace({ ...found, turn, events }).join('\n')
  expect(text).toContain('failed: model-failed, The model failed.')
  expect(text).toContain('message accepted, sent again (1)')
})
