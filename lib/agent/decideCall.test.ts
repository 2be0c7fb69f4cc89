import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { decideCall, type WantedCall } from './decideCall.ts'
import { settingsOf } from './decidePermission.ts'
import { defineTool } from './tools/defineTool.ts'

const ran: unknown[] = []
const letter = defineTool({
  name: 'sendLetter',
  description: 'Sends a letter.',
  keywords: [],
  inputSchema: z.object({ to: z.string().min(1), copies: z.number().default(1) }),
  mustAsk: ({ to }, { personTexts }) => !personTexts.some((text) => text.includes(to)),
  summarize: ({ to }) => `Send a letter\nto ${to}.`,
  run: (input) => ran.push(input),
})
const book = { ...letter, repeatable: true }

const decide = (over: Partial<WantedCall> = {}) =>
  decideCall({
    call: { name: 'sendLetter', input: '{"to":"Bob","bcc":"Eve"}' },
    tool: letter,
    settings: {},
    words: { personTexts: ['Write to Bob'] },
    isApproved: false,
    isRepeat: false,
    now: 1_000,
    ...over,
  })
const input = { to: 'Bob', copies: 1 }

describe('a call', () => {
  it('that is allowed runs, with exactly the input that was checked', () => {
    expect(decide()).toEqual({ kind: 'run', tool: letter, input })
  })

  it('that needs a yes asks for seven days, showing exactly what would be run', () => {
    expect(decide({ settings: { sendLetter: 'ask' } })).toEqual({
      kind: 'ask',
      wait: {
        kind: 'approval',
        until: 1_000 + 7 * 24 * 60 * 60 * 1_000,
        tool: 'sendLetter',
        input: '{"to":"Bob","copies":1}',
        summary: 'Send a letter to Bob.',
      },
    })
  })

  it('asks for an input that the person never spoke of, even if it is always allowed', () => {
    expect(decide({ words: { personTexts: [] }, settings: { sendLetter: 'always' } })).toMatchObject({ kind: 'ask' })
  })

  it('that was approved runs without another question', () => {
    const approved = { isApproved: true, words: { personTexts: [] }, settings: { sendLetter: 'ask' } } as const
    expect(decide(approved)).toEqual({ kind: 'run', tool: letter, input })
  })

  it('that was approved is refused if the tool has been forbidden since', () => {
    expect(decide({ isApproved: true, settings: { sendLetter: 'never' } })).toMatchObject({ kind: 'refuse' })
  })

  it('that may have had its effect asks again, approved or not, unless it may be repeated', () => {
    for (const isApproved of [false, true]) {
      expect(decide({ isRepeat: true, isApproved })).toMatchObject({ kind: 'ask', wait: { again: true } })
      expect(decide({ isRepeat: true, isApproved, tool: book })).toMatchObject({ kind: 'run' })
    }
  })

  it.each([
    ['a name that was made up', { tool: undefined }, 'no tool named sendLetter'],
    ['input of another shape', { call: { name: 'sendLetter', input: '{"to":7}' } }, 'to:'],
    ['input that is no JSON', { call: { name: 'sendLetter', input: '{' } }, 'does not fit'],
    ['a tool that the person forbids', { settings: { sendLetter: 'never' } }, 'does not allow'],
    ['one that they forbid and that may have run', { settings: { sendLetter: 'never' }, isRepeat: true }, 'not allow'],
    ['an approved input that a deploy no longer takes', { isApproved: true, call: { name: 'x', input: '{}' } }, 'to:'],
  ] satisfies [string, Partial<WantedCall>, string][])(
    'is refused for %s, and nobody is asked',
    (_name, over, words) => {
      expect(decide(over)).toEqual({ kind: 'refuse', message: expect.stringContaining(words) })
    },
  )

  it('of the memory is forbidden by who wants none', () => {
    expect(settingsOf({ recall: 'always', wait: 'ask' }, false)).toEqual({
      remember: 'never',
      recall: 'never',
      forget: 'never',
      wait: 'ask',
    })
  })

  it('is never made while it is decided', () => {
    expect(ran).toEqual([])
  })
})
