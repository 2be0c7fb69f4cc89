// One sample of every state a message can be in: for tests and for the fixtures page. No backend behind it.
import type { Id } from '../../convex/_generated/dataModel.js'
import type { TailMessage } from '../../convex/validators.ts'
import type { Fork } from './arrangeConversation.ts'
import type { OutboxEntry } from './outbox/outboxEntry.ts'

const fixedNow = Date.UTC(2026, 10, 23, 13, 5)

export function messageOf({
  turnId = 'turn-1',
  ...more
}: Partial<Omit<TailMessage, 'turnId'>> & { turnId?: string }): TailMessage {
  return {
    messageId: 'message-1',
    // A fixture's turn is in no database: this is the brand's only use of it.
    turnId: turnId as Id<'turns'>,
    role: 'user',
    status: 'completed',
    inngestJobId: '01JDC0FFEE',
    text: 'Hello',
    createdAt: fixedNow,
    ...more,
  }
}

export function entryOf(more: Partial<OutboxEntry>): OutboxEntry {
  return {
    ownerId: 'user_1',
    messageId: 'entry-1',
    threadId: 'thread-1',
    text: 'Hello',
    after: null,
    createdAt: fixedNow,
    resend: 0,
    tries: 0,
    state: 'waiting',
    nextTryAt: fixedNow,
    ...more,
  }
}

const richText = `A reply can run for minutes. What matters is **who decides** and *who moves*:

| Part | Does | Survives |
| --- | --- | --- |
| Convex | decides, in one transaction | a kill at any line |
| Inngest | moves, and calls again | a lost worker |
| This tab | watches | nothing, and need not |

1. The message is drawn at once.
2. It is handed over, and *acknowledged*.
3. You may close the tab.

> Nothing below depends on this page staying open.

\`\`\`ts
// A write with an older fence is refused.
export function accept(fence: Fence, turn: Turn): boolean {
  return fence.epoch === turn.epoch && turn.state === 'processing'
}
\`\`\`

Read more in [the architecture](https://example.com), or ask about \`epoch\`.`

export type FixtureGroup = {
  title: string
  messages?: TailMessage[]
  entries?: OutboxEntry[]
  forks?: Fork[]
  running?: string
}

const user = (turnId: string, text: string, more: Partial<TailMessage> = {}) =>
  messageOf({ turnId, messageId: `${turnId}-user`, text, ...more })
const reply = (turnId: string, more: Omit<Partial<TailMessage>, 'turnId'>) =>
  messageOf({ turnId, messageId: turnId, role: 'assistant', inReplyTo: `${turnId}-user`, text: '', ...more })

/** Two versions, of which the second is shown. */
const fork = (root: string, shown: string): Fork => ({
  root,
  turns: [
    { turnId: root, isShown: false },
    { turnId: shown, isShown: true },
  ],
})

/** `running` is the followed text of the group's last message. */
export function messageFixtures(now: number): FixtureGroup[] {
  const live = { key: '1.model-0.1' }
  return [
    {
      title: 'Completed, with everything Markdown can do',
      messages: [
        user('t1', 'How does a reply survive a crash?'),
        reply('t1', { text: richText, model: 'nightshift-local' }),
      ],
    },
    {
      title: 'Thinking',
      messages: [user('t2', 'think 20 seconds then say hello'), reply('t2', { status: 'processing' })],
    },
    {
      title: 'Writing',
      messages: [user('t3', 'write 400 words'), reply('t3', { status: 'processing', live })],
      running: 'The night shift begins when the last light in the office goes out. Nobody is **watch',
    },
    {
      title: 'Using a tool',
      messages: [
        user('t4', 'What time is it?'),
        reply('t4', {
          status: 'processing',
          parts: [
            { type: 'text', step: 'model-0', text: 'Let me look at the clock.' },
            {
              type: 'tool',
              step: 'tool-0-0',
              id: 'call_1',
              name: 'currentTime',
              input: '{"zone":"Europe/Berlin"}',
              state: 'running',
            },
          ],
        }),
      ],
    },
    {
      title: 'Completed, with tools',
      messages: [
        reply('t5', {
          parts: [
            {
              type: 'tool',
              step: 'tool-0-0',
              id: 'call_1',
              name: 'currentTime',
              input: '{"zone":"Europe/Berlin"}',
              output: '{"time":"14:05"}',
              state: 'done',
            },
            {
              type: 'tool',
              step: 'tool-0-1',
              id: 'call_2',
              name: 'currentTime',
              input: '{"zone":"Nowhere"}',
              output: '{"error":"There is no time zone named Nowhere."}',
              state: 'failed',
            },
            { type: 'text', step: 'model-1', text: 'It is **14:05** in Berlin.' },
          ],
        }),
      ],
    },
    {
      title: 'Retrying',
      messages: [
        user('t6', 'fail 2 times then say I made it'),
        reply('t6', {
          status: 'processing',
          detail: { kind: 'retrying', at: now + 65 * 60_000, reason: 'The model is busy.' },
        }),
      ],
    },
    {
      title: 'Failed',
      messages: [
        user('t7', 'fail always'),
        reply('t7', { status: 'failed', error: { code: 'model-unavailable', message: 'The model did not answer.' } }),
      ],
    },
    {
      title: 'Failed, tried again',
      messages: [
        reply('t8', {
          status: 'failed',
          superseded: true,
          error: { code: 'model-unavailable', message: 'The model did not answer.' },
        }),
      ],
    },
    {
      title: 'Stopped, the partial text kept',
      messages: [user('t9', 'count to 200'), reply('t9', { status: 'cancelled', text: '1 2 3 4 5 6 7 8 9 10 11 12' })],
    },
    {
      title: 'Waiting to go on',
      messages: [reply('t10', { status: 'waiting', text: 'I will look again tomorrow morning.' })],
    },
    {
      title: 'Another version, queued',
      messages: [
        user('t11', 'And after that, a summary please.'),
        reply('t11', { status: 'pending', inngestJobId: '', fork: 't0' as Id<'turns'> }),
      ],
      forks: [fork('t0', 't11')],
    },
    {
      title: 'One of two versions, by a model that took over',
      messages: [
        user('t13', 'Say it in other words.', { seq: 1 }),
        reply('t13', {
          seq: 1,
          text: 'In other words: nobody is watching, and still it is done.',
          fork: 't12' as Id<'turns'>,
          model: 'nightshift-spare',
          fallbacks: [
            { model: 'nightshift-local', code: 'model-rejected', message: 'The model did not accept the request.' },
          ],
          usage: { inputTokens: 6_824, outputTokens: 212, cachedInputTokens: 6_000 },
          costMicros: 1_240,
          startedAt: now - 12_000,
          firstTokenAt: now - 11_600,
          settledAt: now,
        }),
      ],
      forks: [fork('t12', 't13')],
    },
    {
      title: 'Stopped by a spent budget',
      messages: [
        user('t14', 'Write the long version.', { seq: 1 }),
        reply('t14', {
          seq: 1,
          status: 'failed',
          error: {
            code: 'budget-spent',
            message: 'Your budget for today, $1.00, is spent.',
            retryAt: now + 3.4 * 3_600_000,
          },
        }),
      ],
    },
    {
      title: 'Stopped by the spent budget of the chat',
      messages: [
        reply('t15', {
          status: 'failed',
          error: { code: 'thread-budget-spent', message: 'The budget of this chat, $0.50, is spent.' },
        }),
      ],
    },
    {
      title: 'Refused after it was acknowledged',
      messages: [
        user('t12', 'Are you still there?', {
          status: 'failed',
          error: { code: 'thread-removed', message: 'This chat was deleted before the message arrived.' },
        }),
      ],
    },
    {
      title: 'On its way out of this device',
      entries: [
        entryOf({ messageId: 'o1', text: 'Just sent', state: 'sending' }),
        entryOf({ messageId: 'o2', text: 'Acknowledged, not seen yet', state: 'sent' }),
        entryOf({
          messageId: 'o3',
          text: 'One too many in a minute',
          nextTryAt: now + 65 * 60_000,
          error: {
            code: 'rate-limited',
            message: 'You are sending faster than allowed.',
            hint: '',
            retryAt: now + 65 * 60_000,
          },
        }),
        entryOf({
          messageId: 'o6',
          text: 'Held by a spent budget',
          nextTryAt: now + 9 * 3_600_000,
          error: {
            code: 'budget-spent',
            message: 'Your budget for today, $1.00, is spent.',
            hint: '',
            retryAt: now + 9 * 3_600_000,
          },
        }),
        entryOf({
          messageId: 'o4',
          text: 'No server to be found',
          error: { code: 'unreachable', message: 'The server did not answer.', hint: '' },
        }),
        entryOf({
          messageId: 'o5',
          text: 'Something that cannot be sent as it is',
          state: 'refused',
          error: {
            code: 'message-too-long',
            message: 'That message is too long.',
            hint: 'Keep it under 32,000 characters, or send it in parts.',
          },
        }),
      ],
    },
  ]
}
