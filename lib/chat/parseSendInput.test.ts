import { describe, expect, it } from 'vitest'
import { maxMessageChars } from './messageLimits.ts'
import { parseSendInput } from './parseSendInput.ts'
import { sanitizeText } from './sanitizeText.ts'

const messageId = '0b7b4fd2-6c6a-4b7e-9d0f-2f6f0d7f4a11'
const threadId = '5f1f0f3e-3b44-4d7a-8a37-0f3c7b0c9e22'
const good = { messageId, threadId, text: 'hello' }
const leftOut = { after: null, resend: 0, policy: null, model: null, edits: null }

function codeFor(input: unknown): string {
  const parsed = parseSendInput(input)
  return parsed.ok ? 'accepted' : parsed.error.code
}

describe('what may be sent', () => {
  it('is accepted with defaults for what is left out', () => {
    expect(parseSendInput(good)).toEqual({ ok: true, message: { ...good, ...leftOut } })
  })

  it('is refused with a word for what is wrong, whatever its shape', () => {
    for (const input of [
      undefined,
      null,
      7,
      'text',
      [],
      {},
      { ...good, text: 7 },
      { ...good, resend: -1 },
      { ...good, resend: 1.5 },
      { ...good, policy: 'shout' },
      { ...good, policy: 'toString' },
      { ...good, model: '' },
      { ...good, model: 'two words' },
      { ...good, model: 'm\u0000' },
      { ...good, model: 'x'.repeat(101) },
    ]) {
      expect(codeFor(input), JSON.stringify(input)).toBe('bad-request')
    }
    const ids = ['', 'abc', messageId.toUpperCase(), messageId.replace('-4b7e', '-1b7e'), `${messageId}\n`, '__proto__']
    for (const id of ids) {
      expect(codeFor({ ...good, messageId: id }), id).toBe('bad-id')
      expect(codeFor({ ...good, threadId: id }), id).toBe('bad-id')
      expect(codeFor({ ...good, after: id }), id).toBe('bad-id')
      expect(codeFor({ ...good, edits: id }), id).toBe('bad-id')
    }
  })

  it('is empty when nothing visible is left of it', () => {
    for (const text of ['', ' \n\t ', '\u0000\u001b\u0007', '\u00a0\u2003']) {
      expect(codeFor({ ...good, text }), JSON.stringify(text)).toBe('message-empty')
    }
  })

  it('is measured after cleaning, to the character', () => {
    expect(codeFor({ ...good, text: 'x'.repeat(maxMessageChars) })).toBe('accepted')
    expect(codeFor({ ...good, text: `${'x'.repeat(maxMessageChars)}   \u0000` })).toBe('accepted')
    expect(codeFor({ ...good, text: 'x'.repeat(maxMessageChars + 1) })).toBe('message-too-long')
    expect(codeFor({ ...good, text: 'x'.repeat(5_000_000) })).toBe('message-too-long')
  })

  it('stays well under the event limit even when every character takes the most bytes, also where NFC makes text longer', () => {
    for (const character of ['\u20ac', '\u{1f600}', '\ufb2c', '"', '\n"']) {
      const parsed = parseSendInput({
        ...good,
        text: `a${character.repeat(maxMessageChars)}`.slice(0, maxMessageChars),
      })
      if (!parsed.ok) {
        expect(parsed.error.code).toBe('message-too-long')
        continue
      }
      expect(Buffer.byteLength(JSON.stringify(parsed.message))).toBeLessThan(128 * 1024)
    }
  })

  it('says what it asks for: a policy, a model, the message that it replaces', () => {
    const asked = { policy: 'interrupt', model: 'vendor/model-1.5:free', edits: threadId } as const
    expect(parseSendInput({ ...good, ...asked })).toEqual({ ok: true, message: { ...good, ...leftOut, ...asked } })
    const nothing = { policy: null, model: null, edits: null }
    expect(parseSendInput({ ...good, ...nothing })).toEqual({ ok: true, message: { ...good, ...leftOut } })
  })

  it('cannot replace itself', () => {
    expect(codeFor({ ...good, edits: messageId })).toBe('bad-id')
  })

  it('cannot name itself as its predecessor', () => {
    expect(parseSendInput({ ...good, after: messageId })).toMatchObject({ message: { after: null } })
    expect(parseSendInput({ ...good, after: threadId })).toMatchObject({ message: { after: threadId } })
  })
})

describe('cleaning text', () => {
  it.each([
    ['keeps tabs and line feeds, and makes every line end one', 'a\tb\r\nc\rd\ne', 'a\tb\nc\nd\ne'],
    ['drops control characters, the escape of terminals among them', 'a\u0000\u001b[31mb\u0085\u007fc', 'a[31mbc'],
    ['replaces half surrogate pairs and keeps whole ones', 'a\ud83d b \udc00 \u{1f600}', 'a\ufffd b \ufffd \u{1f600}'],
    ['makes equal characters equal code points', 'cafe\u0301', 'caf\u00e9'],
    ['drops blank lines around and spaces at the end', '\n \n  code\n  more \n\n', '  code\n  more'],
    [
      'keeps right-to-left text and joiners',
      '\u202b\u05e9\u05dc\u05d5\u05dd \u{1f468}\u200d\u{1f469}',
      '\u202b\u05e9\u05dc\u05d5\u05dd \u{1f468}\u200d\u{1f469}',
    ],
  ])('%s', (_name, raw, clean) => {
    expect(sanitizeText(raw)).toBe(clean)
  })

  it('changes nothing the second time', () => {
    for (const raw of ['\n  a\r\n\ud800b \u0301', '\u1e9b\u0323', 'x \u0000 ']) {
      expect(sanitizeText(sanitizeText(raw))).toBe(sanitizeText(raw))
    }
  })

  it('takes time in proportion to the length', () => {
    const started = performance.now()
    sanitizeText(`${' \n'.repeat(60_000)}x${' \n'.repeat(60_000)}`)
    expect(performance.now() - started).toBeLessThan(500)
  })
})
