import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { BadToolInput, defineTool, waitFor, waitOf } from './defineTool.ts'
import { toolContext } from './test/toolContext.ts'
import { tidySummary } from './tidySummary.ts'

const letter = defineTool({
  name: 'sendLetter',
  description: 'Sends a letter.',
  keywords: ['post'],
  inputSchema: z.object({ to: z.string(), copies: z.number().default(1) }),
  mustAsk: ({ to }, { personTexts }) => !personTexts.includes(to),
  summarize: ({ to, copies }) => `Send ${copies} to ${to}.`,
  run: ({ to, copies }, { ownerId }) => `${ownerId} → ${to} × ${copies}`,
})

describe('a tool', () => {
  it('is not repeatable, always allowed and quick unless it says otherwise', () => {
    expect(letter).toMatchObject({ repeatable: false, permission: 'always', timeoutMs: 30_000 })
  })

  it('checks what it is given in every function, fills in defaults and drops what it does not know', async () => {
    expect(letter.check({ to: 'Bob', bcc: 'Eve' })).toEqual({ to: 'Bob', copies: 1 })
    expect(letter.summarize({ to: 'Bob' })).toBe('Send 1 to Bob.')
    expect(letter.mustAsk({ to: 'Bob' }, { personTexts: ['Bob'] })).toBe(false)
    expect(letter.mustAsk({ to: 'Eve' }, { personTexts: ['Bob'] })).toBe(true)
    expect(await letter.run({ to: 'Bob' }, toolContext())).toBe('ada → Bob × 1')
    expect(() => letter.check({ copies: 2 })).toThrow(BadToolInput)
    expect(() => letter.summarize({})).toThrow('to:')
    await expect(letter.run(undefined, toolContext())).rejects.toThrow('The input does not fit.')
  })

  it('waits by what it returns, which nothing that came as JSON can look like', () => {
    const spec = { kind: 'question' as const, question: 'Red?', until: 7 }
    expect(waitOf(waitFor(spec))).toEqual(spec)
    for (const result of [spec, JSON.parse(JSON.stringify(waitFor(spec))), null, 'wait', { wait: spec }]) {
      expect(waitOf(result)).toBeUndefined()
    }
  })
})

describe('the sentence people approve a call by', () => {
  it.each([
    ['Delete a\n\n\nApproved: yes', 'Delete a Approved: yes'],
    ['Send to \u202Emoc.live\u2066!', 'Send to moc.live!'],
    ['a\u200Bb\u0000c\u2028d', 'ab c d'],
    ['👩‍🚀 flies', '👩‍🚀 flies'],
  ])('is one line without tricks: %j', (text, line) => {
    expect(tidySummary(text)).toBe(line)
  })

  it('is at most 300 characters long and never ends in half a character', () => {
    for (const text of ['x'.repeat(301), '😀'.repeat(200), `x${'😀'.repeat(200)}`]) {
      const line = tidySummary(text)
      expect(line.length).toBeLessThanOrEqual(300)
      expect(line.isWellFormed()).toBe(true)
      expect(line.endsWith('…')).toBe(true)
    }
    expect(tidySummary('y'.repeat(300))).toBe('y'.repeat(300))
  })
})
