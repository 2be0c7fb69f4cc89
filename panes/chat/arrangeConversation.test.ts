import { describe, expect, it } from 'vitest'
import { arrangeConversation, type Fork, type ThreadFacts, versionsOf } from './arrangeConversation.ts'
import { mergeConversation } from './mergeConversation.ts'
import { entryOf, messageOf } from './messageFixtures.ts'
import type { OutboxEntry } from './outbox/outboxEntry.ts'

type Message = ReturnType<typeof messageOf>
const facts: ThreadFacts = { branch: 'main', forks: [], isRunning: true, isOnline: true, policy: 'queue' }
const user = (id: string, more = {}) => messageOf({ messageId: id, turnId: id, settledAt: 1, ...more })
const reply = (id: string, more = {}) =>
  messageOf({ messageId: `r-${id}`, turnId: id, role: 'assistant', inReplyTo: id, settledAt: 1, ...more })
const open = { settledAt: undefined }
const arrange = (messages: Message[], more: Partial<ThreadFacts> = {}, outgoing: OutboxEntry[] = []) =>
  arrangeConversation(mergeConversation([], messages.map(withoutUndefined), outgoing), { ...facts, ...more })
/** Absent, as in the database: not undefined. */
const withoutUndefined = (message: Message): Message => {
  const { settledAt, ...rest } = message
  return settledAt === undefined ? rest : message
}
const ids = (items: readonly { messageId: string }[]) => items.map(({ messageId }) => messageId)
const fork: Fork = {
  root: 'a',
  turns: [
    { turnId: 'a', isShown: false },
    { turnId: 'b', isShown: true },
    { turnId: 'c', isShown: false },
  ],
}

describe('arrangeConversation', () => {
  it('leaves a message that waits to the queue, and shows it once it has begun', () => {
    const waiting = user('b', { ...open, status: 'pending', position: 2 })
    const running = reply('a', { ...open, status: 'processing' })
    expect(ids(arrange([user('a'), running, waiting]).shown)).toEqual(['a', 'r-a'])
    expect(ids(arrange([user('a'), reply('a'), { ...waiting, status: 'processing' }]).shown)).toContain('b')
  })

  it('shows what goes on with an earlier reply, and the first message of a version, where they are though they wait', () => {
    const answer = user('b', { ...open, status: 'pending', cause: 'answer', position: -5 })
    const edited = user('c', { ...open, status: 'pending', position: 3 })
    const its = reply('c', { ...open, status: 'pending', position: 3 })
    expect(ids(arrange([answer, edited, its]).shown)).toEqual(['b', 'c', 'r-c'])
  })

  it('does not show what is written in another version, and names it', () => {
    const elsewhere = [
      user('b', { ...open, status: 'processing', branch: 'branch-1' }),
      reply('b', { ...open, status: 'processing', branch: 'branch-1' }),
    ]
    const arranged = arrange([user('a'), reply('a'), ...elsewhere])
    expect(ids(arranged.shown)).toEqual(['a', 'r-a'])
    expect(arranged.elsewhere).toBe('b')
    expect(arrange([user('a'), ...elsewhere], { branch: 'branch-1' }).elsewhere).toBeNull()
  })

  it('shows settled messages whatever their branch: their page is of the shown one', () => {
    expect(ids(arrange([user('a'), reply('a', { branch: 'branch-1' })], { branch: 'branch-2' }).shown)).toHaveLength(2)
  })

  it('draws what is on its way into the queue there, and everything else on its way in the conversation', () => {
    const error = { code: 'budget-spent', message: 'm', hint: '' }
    const entries = [
      entryOf({ messageId: 'queued' }),
      entryOf({ messageId: 'steered', policy: 'steer' }),
      entryOf({ messageId: 'interrupts', policy: 'interrupt' }),
      entryOf({ messageId: 'held', error }),
      entryOf({ messageId: 'refused', state: 'refused', error }),
    ]
    const arranged = arrange([reply('a', { ...open, status: 'processing' })], {}, entries)
    expect(ids(arranged.leaving)).toEqual(['queued', 'steered'])
    expect(ids(arranged.shown)).toEqual(['r-a', 'interrupts', 'held', 'refused'])
    expect(arrange([], { isRunning: false }, entries).leaving).toEqual([])
    expect(arrange([], { isOnline: false }, entries).leaving).toEqual([])
    expect(ids(arrange([], { policy: 'interrupt' }, entries).leaving)).toEqual(['steered'])
  })

  it('draws an edit on its way in the place of the message it replaces, with nothing after it', () => {
    const messages = [user('a', { seq: 1 }), reply('a', { seq: 1 }), user('b', { seq: 2 }), reply('b', { seq: 2 })]
    const edit = entryOf({ messageId: 'e', edits: 'b' })
    expect(ids(arrange(messages, {}, [edit]).shown)).toEqual(['a', 'r-a', 'e'])
    expect(ids(arrange(messages, {}, [{ ...edit, state: 'refused' }]).shown)).toEqual(['a', 'r-a', 'b', 'r-b', 'e'])
    expect(ids(arrange(messages, {}, [{ ...edit, edits: 'of another page' }]).shown)).toHaveLength(5)
  })

  it('says which version a reply is, once, on the last try of it', () => {
    const tries = [
      reply('b', { fork: 'a', seq: 2, status: 'failed', superseded: true }),
      messageOf({ messageId: 'r-b2', turnId: 'b2', role: 'assistant', fork: 'a' as Message['turnId'], seq: 3 }),
    ]
    const { shown } = arrange(tries, { forks: [fork] })
    expect(shown.map((item) => (item.kind === 'message' ? item.versions?.place : null))).toEqual([undefined, 2])
  })

  it('lets only a stopped reply at the end go on, and only if it has begun', () => {
    const stopped = reply('a', { status: 'cancelled', text: '1 2 3' })
    const mayGoOn = (messages: Message[], outgoing: OutboxEntry[] = []) =>
      arrange(messages, { isRunning: false }, outgoing).shown.some((item) => item.kind === 'message' && item.mayGoOn)
    expect(mayGoOn([user('a'), stopped])).toBe(true)
    expect(mayGoOn([stopped], [entryOf({})])).toBe(false)
    expect(mayGoOn([{ ...stopped, text: '' }])).toBe(false)
    expect(mayGoOn([{ ...stopped, superseded: true }])).toBe(false)
    expect(mayGoOn([{ ...stopped, status: 'completed' }])).toBe(false)
  })
})

describe('versionsOf', () => {
  it('names the neighbours of the shown one', () => {
    expect(versionsOf(fork)).toEqual({ fork: 'a', place: 2, count: 3, previous: 'a', next: 'c' })
  })

  it('has nothing to say while none of them is shown, or there is only one', () => {
    expect(versionsOf({ root: 'a', turns: fork.turns.map((turn) => ({ ...turn, isShown: false })) })).toBeNull()
    expect(versionsOf({ root: 'a', turns: [{ turnId: 'a', isShown: true }] })).toBeNull()
  })
})
