import { ConvexError } from 'convex/values'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ConvexUnreachable } from '../convex/serviceTransport.ts'
import { EnvError } from '../env.ts'
import { type AcceptDeps, acceptMessage } from './acceptMessage.ts'
import { QueueUnreachable } from './triggerInngestEvent.ts'

vi.mock('@clerk/nextjs/server', () => ({ auth: () => Promise.reject(new Error('not in a request')) }))

const input = {
  messageId: '0b7b4fd2-6c6a-4b7e-9d0f-2f6f0d7f4a11',
  threadId: '5f1f0f3e-3b44-4d7a-8a37-0f3c7b0c9e22',
  text: ' hello\u0000 ',
}

let calls: unknown[]
let log: ReturnType<typeof vi.spyOn>
function deps(over: Partial<AcceptDeps> = {}): AcceptDeps {
  return {
    authenticateUser: async () => 'user_1',
    admit: async (ownerId, { messageId }) => {
      calls.push(['admit', ownerId, messageId])
      return { ok: true }
    },
    trigger: async (message) => {
      calls.push(['trigger', message])
      return 'event'
    },
    now: () => 1_800_000_000_000,
    ...over,
  }
}

beforeEach(() => {
  calls = []
  log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => log.mockRestore())

const failing = (error: unknown) => async () => {
  throw error
}

describe('accepting a message', () => {
  it('authenticates, cleans, counts, hands over and acknowledges, in this order', async () => {
    expect(await acceptMessage(input, deps())).toEqual({
      ok: true,
      messageId: input.messageId,
      eventId: 'event',
      status: 'pending',
    })
    const { messageId, threadId } = input
    expect(calls).toEqual([
      ['admit', 'user_1', messageId],
      [
        'trigger',
        {
          ownerId: 'user_1',
          sentAt: 1_800_000_000_000,
          messageId,
          threadId,
          text: ' hello',
          after: null,
          resend: 0,
          policy: null,
          model: null,
          edits: null,
        },
      ],
    ])
  })

  it('looks at nothing from somebody signed out', async () => {
    const result = await acceptMessage('garbage', deps({ authenticateUser: async () => null }))
    expect(result).toMatchObject({ ok: false, error: { code: 'not-signed-in' } })
    expect(calls).toEqual([])
  })

  it('takes the owner from the session, never from the input', async () => {
    await acceptMessage({ ...input, ownerId: 'user_2', sentAt: 1 }, deps())
    expect(calls[1]).toMatchObject(['trigger', { ownerId: 'user_1', sentAt: 1_800_000_000_000 }])
  })

  it('does not count what it refuses', async () => {
    expect(await acceptMessage({ ...input, text: '' }, deps())).toMatchObject({ error: { code: 'message-empty' } })
    expect(calls).toEqual([])
  })

  it('says when it works again to somebody who is too fast', async () => {
    const tooFast = { ok: false, code: 'rate-limited', message: 'Too fast.', retryAt: 42 } as const
    const result = await acceptMessage(input, deps({ admit: async () => tooFast }))
    expect(result).toMatchObject({ ok: false, error: { code: 'rate-limited', retryAt: 42 } })
    expect(calls).toEqual([])
  })

  it('says which budget is spent, and when it works again, if it does by itself', async () => {
    const today = { ok: false, code: 'budget-spent', message: 'Your budget for today is spent.', retryAt: 42 } as const
    expect(await acceptMessage(input, deps({ admit: async () => today }))).toMatchObject({
      error: { code: 'budget-spent', message: today.message, retryAt: 42 },
    })
    const thread = { ok: false, code: 'thread-budget-spent', message: 'The budget of this chat is spent.' } as const
    const result = await acceptMessage(input, deps({ admit: async () => thread }))
    expect(result).toMatchObject({ error: { code: 'thread-budget-spent' } })
    expect(!result.ok && 'retryAt' in result.error).toBe(false)
    expect(calls).toEqual([])
  })

  it.each([
    ['database-down', { admit: failing(new ConvexUnreachable('ECONNREFUSED 10.0.0.1', undefined)) }],
    ['queue-down', { trigger: failing(new QueueUnreachable('msg:1', undefined)) }],
    ['not-configured', { admit: failing(new EnvError([])) }],
    ['account-removed', { admit: failing(new ConvexError({ code: 'account-removed' })) }],
    ['internal', { admit: failing(new Error('password is hunter2')) }],
    ['internal', { authenticateUser: failing('thrown text') }],
  ] as const)('answers %s when that is what broke, and tells nothing of the inside', async (code, over) => {
    const result = await acceptMessage(input, deps(over))
    expect(result).toMatchObject({ ok: false, error: { code } })
    expect(JSON.stringify(result)).not.toMatch(/hunter2|10\.0\.0\.1|msg:1/)
    expect(log).toHaveBeenCalledOnce()
  })
})
