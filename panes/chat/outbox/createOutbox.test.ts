import { describe, expect, it } from 'vitest'
import { createWorld, settle } from './createWorld.ts'
import { type OutboxEntry, UNSEEN_MS } from './outboxEntry.ts'
import type { SendAnswer } from './sendResult.ts'

const say = (messageId: string, threadId = 't1') => ({ messageId, threadId, text: messageId })

describe('the outbox', () => {
  it('draws a message before it is stored, then sends it', async () => {
    const { openTab, ids } = createWorld()
    const { outbox } = openTab()
    const added = outbox.add(say('m1'))
    expect(outbox.getEntries()).toMatchObject([{ messageId: 'm1', state: 'waiting' }])
    await added
    await settle()
    expect(ids()).toEqual(['m1'])
    expect(outbox.getEntries()).toMatchObject([{ messageId: 'm1', state: 'sent' }])
  })

  it('sends two quick messages of a thread in order, the second naming the first', async () => {
    const { openTab, world } = createWorld()
    const { outbox } = openTab()
    await Promise.all([outbox.add(say('m1')), outbox.add(say('m2'))])
    await settle()
    expect(world.sent).toMatchObject([
      { messageId: 'm1', after: null },
      { messageId: 'm2', after: 'm1' },
    ])
  })

  it('keeps what was written offline over a reload and sends all of it, in order, once, when online', async () => {
    const { openTab, world, ids } = createWorld()
    world.isOnline = false
    const first = openTab()
    for (const id of ['m1', 'm2', 'm3']) await first.outbox.add(say(id))
    await settle()
    expect(ids()).toEqual([])
    first.close()
    const second = openTab()
    await settle()
    world.isOnline = true
    await second.outbox.wake()
    await settle()
    expect(ids()).toEqual(['m1', 'm2', 'm3'])
  })

  it('goes on over the lasting way at once when the first try finds no answer', async () => {
    const { openTab, answerWith, world } = createWorld()
    let calls = 0
    answerWith(async () => {
      calls += 1
      if (calls === 1) throw new Error('Failed to find Server Action')
      return { ok: true }
    })
    const { outbox } = openTab()
    await outbox.add(say('m1'))
    await settle()
    expect(world.sent.map((sent) => sent.tries)).toEqual([1, 2])
    expect(outbox.getEntries()).toMatchObject([{ state: 'sent' }])
  })

  it('keeps a rate-limited message and sends it at the time it was told', async () => {
    const { openTab, answerWith, pass, ids, world } = createWorld()
    const retryAt = world.now + 20_000
    answerWith(async () => ({ ok: false, error: { code: 'rate-limited', message: 'm', hint: 'h', retryAt } }))
    const { outbox } = openTab()
    await outbox.add(say('m1'))
    await settle()
    expect(outbox.getEntries()).toMatchObject([
      { state: 'waiting', nextTryAt: retryAt, error: { code: 'rate-limited' } },
    ])
    answerWith(async () => ({ ok: true }))
    await pass(19_999)
    expect(ids()).toHaveLength(1)
    await pass(1)
    expect(ids()).toHaveLength(2)
  })

  it('sends a held message at once when the person asks for it, and keeps what was chosen for it', async () => {
    const { openTab, answerWith, world } = createWorld()
    const sent: OutboxEntry[] = []
    const retryAt = world.now + 3_600_000
    answerWith(async (entry) => {
      sent.push(entry)
      return sent.length === 1
        ? { ok: false, error: { code: 'budget-spent', message: 'm', hint: 'h', retryAt } }
        : { ok: true }
    })
    const { outbox } = openTab()
    await outbox.add({ ...say('m1'), policy: 'interrupt', model: 'nightshift-spare', edits: 'm0' })
    await settle()
    await outbox.wake()
    await settle()
    expect(sent).toHaveLength(1)
    await outbox.hurry('m1')
    await settle()
    expect(sent).toMatchObject([
      { policy: 'interrupt', model: 'nightshift-spare', edits: 'm0' },
      { policy: 'interrupt', model: 'nightshift-spare', edits: 'm0' },
    ])
    expect(outbox.getEntries()).toMatchObject([{ state: 'sent' }])
  })

  it('sends a message that was acknowledged and not seen for a minute again, with a higher resend number', async () => {
    const { openTab, pass, world } = createWorld()
    const { outbox } = openTab()
    await outbox.add(say('m1'))
    await settle()
    await pass(UNSEEN_MS)
    expect(world.sent.map((sent) => sent.resend)).toEqual([0, 1])
    await outbox.landed(['m1'])
    expect(outbox.getEntries()).toEqual([])
    await pass(UNSEEN_MS)
    expect(world.sent).toHaveLength(2)
  })

  it('sends from one tab only, and from the next one when that tab is gone', async () => {
    const { openTab, ids } = createWorld()
    const first = openTab()
    const second = openTab()
    await second.outbox.add(say('m1'))
    await settle()
    expect(ids()).toEqual(['m1'])
    expect(first.outbox.getEntries()).toMatchObject([{ messageId: 'm1', state: 'sent' }])
    first.close()
    await second.outbox.add(say('m2'))
    await settle()
    expect(ids()).toEqual(['m1', 'm2'])
  })

  it('takes over a try that died with its tab, without waiting for it', async () => {
    const { openTab, answerWith, world } = createWorld()
    answerWith(() => new Promise(() => {}))
    const first = openTab()
    await first.outbox.add(say('m1'))
    await settle()
    first.close()
    answerWith(async () => ({ ok: true }))
    const second = openTab()
    await settle()
    expect(world.sent.map((sent) => sent.tries)).toEqual([1, 2])
    expect(second.outbox.getEntries()).toMatchObject([{ state: 'sent' }])
  })

  it('shows another person on the same device nothing, and sends nothing of it', async () => {
    const { openTab, world, ids } = createWorld()
    world.isOnline = false
    const mine = openTab('user_1')
    await mine.outbox.add(say('m1'))
    mine.close()
    world.isOnline = true
    const theirs = openTab('user_2')
    await settle()
    expect(theirs.outbox.getEntries()).toEqual([])
    expect(ids()).toEqual([])
  })

  it('sends nothing from a tab whose browser is signed in as someone else by now', async () => {
    const { openTab, world, ids } = createWorld()
    const { outbox } = openTab()
    world.isStillSignedIn = false
    await outbox.add(say('m1'))
    await settle()
    expect(ids()).toEqual([])
    expect(outbox.getEntries()).toHaveLength(1)
  })

  it('gives a refused message back and lets the next one go without waiting for it', async () => {
    const { openTab, answerWith, world } = createWorld()
    world.isOnline = false
    const { outbox } = openTab()
    await outbox.add(say('m1'))
    await outbox.add(say('m2'))
    answerWith(async ({ messageId }) =>
      messageId === 'm1'
        ? { ok: false, error: { code: 'message-too-long', message: 'Too long.', hint: 'Shorter.' } }
        : { ok: true },
    )
    world.isOnline = true
    await outbox.wake()
    await settle()
    expect(outbox.getEntries()).toMatchObject([
      { messageId: 'm1', state: 'refused' },
      { messageId: 'm2', state: 'sent' },
    ])
    expect(await outbox.takeBack('m1')).toMatchObject({ text: 'm1' })
    expect(outbox.getEntries()).toMatchObject([{ messageId: 'm2', after: null }])
  })

  it('says to the other tabs that a message is on its way as soon as it is', async () => {
    const { openTab, answerWith } = createWorld()
    answerWith(() => new Promise(() => {}))
    openTab()
    const { outbox: other } = openTab()
    await other.add(say('m1'))
    await settle()
    expect(other.getEntries()).toMatchObject([{ state: 'sending' }])
  })

  it('gives nothing back that another tab has sent meanwhile, whatever is drawn here', async () => {
    const { openTab, world, answerWith, hold, ids } = createWorld()
    const { promise: answered, resolve: acknowledge } = Promise.withResolvers<SendAnswer>()
    answerWith(() => answered)
    world.isOnline = false
    const { outbox: sender } = openTab()
    const { outbox: other } = openTab()
    await other.add(say('m1'))
    await settle()
    hold()
    world.isOnline = true
    await sender.wake()
    await settle()
    expect(ids()).toEqual(['m1'])
    expect(other.getEntries()).toMatchObject([{ state: 'waiting' }])
    expect(await other.takeBack('m1')).toBeUndefined()
    expect(other.getEntries()).toMatchObject([{ state: 'sending' }])
    acknowledge({ ok: true })
    await settle()
    expect(await other.takeBack('m1')).toBeUndefined()
    expect(other.getEntries()).toMatchObject([{ state: 'sent' }])
    expect(ids()).toEqual(['m1'])
  })

  it('sends nothing that another tab has taken back meanwhile, and gives it to one tab only', async () => {
    const { openTab, world, hold, ids } = createWorld()
    world.isOnline = false
    const { outbox: sender } = openTab()
    const { outbox: other } = openTab()
    for (const id of ['m1', 'm2']) await other.add(say(id))
    await settle()
    hold()
    expect(await other.takeBack('m1')).toMatchObject({ text: 'm1' })
    expect(sender.getEntries()).toMatchObject([{ messageId: 'm1' }, { messageId: 'm2', after: 'm1' }])
    expect(await sender.takeBack('m1')).toBeUndefined()
    world.isOnline = true
    await sender.wake()
    await settle()
    expect(ids()).toEqual(['m2'])
    expect(world.sent).toMatchObject([{ after: null }])
  })

  it('does not pretend: a message that cannot be stored is not drawn as on its way', async () => {
    const { openTab, store } = createWorld()
    const { outbox } = openTab()
    store.put = () => Promise.reject(new Error('QuotaExceededError'))
    await expect(outbox.add(say('m1'))).rejects.toThrow('QuotaExceeded')
    expect(outbox.getEntries()).toEqual([])
  })
})
