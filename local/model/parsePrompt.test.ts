import { expect, test } from 'vitest'
import { type Ask, parsePrompt } from './parsePrompt.ts'

const table: [string, Ask][] = [
  ['echo hello  there', { kind: 'echo', text: 'hello  there' }],
  ['Echo one\ntwo', { kind: 'echo', text: 'one\ntwo' }],
  ['count to 20', { kind: 'count', to: 20 }],
  ['write 300 words', { kind: 'write', words: 300 }],
  ['write 1 word', { kind: 'write', words: 1 }],
  ['time', { kind: 'time', zones: [] }],
  ['What time is it?', { kind: 'time', zones: [] }],
  ['time in Asia/Tokyo and Europe/Paris', { kind: 'time', zones: ['Asia/Tokyo', 'Europe/Paris'] }],
  ['time in America/New_York', { kind: 'time', zones: ['America/New_York'] }],
  ['fail 3 times then say done', { kind: 'fail', times: 3, text: 'done' }],
  ['fail 1 time then say done', { kind: 'fail', times: 1, text: 'done' }],
  ['fail always', { kind: 'fail', times: Number.POSITIVE_INFINITY, text: '' }],
  ['cut after 5 tokens then say whole', { kind: 'cut', tokens: 5, text: 'whole' }],
  ['hang', { kind: 'hang' }],
  ['think 2.5 seconds then say so', { kind: 'think', seconds: 2.5, text: 'so' }],
  ['rate limit 3 seconds then say ok', { kind: 'rate-limit', seconds: 3, text: 'ok' }],
  ['garble then say fine', { kind: 'garble', text: 'fine' }],
  ['reason then say so', { kind: 'reason', text: 'so' }],
  ['reason 1.5 seconds then say so', { kind: 'reason', seconds: 1.5, text: 'so' }],
  ['fail for good then say so', { kind: 'refuse', status: 404, models: ['nightshift-local'], text: 'so' }],
  ['fail for good on a and b then say so', { kind: 'refuse', status: 404, models: ['a', 'b'], text: 'so' }],
  ['out of credit on a then say so', { kind: 'refuse', status: 402, models: ['a'], text: 'so' }],
  ['obey count to 3', { kind: 'obey', ask: { kind: 'count', to: 3 } }],
  ['wait 2 minutes then say so', { kind: 'wait', call: { name: 'wait', arguments: '{"seconds":120}' }, text: 'so' }],
  ['read this for me', { kind: 'help' }],
  ['use your head', { kind: 'help' }],
  ['every day do something', { kind: 'help' }],
  ['at last do something', { kind: 'help' }],
  ['How are you?', { kind: 'help' }],
  ['please echo hello', { kind: 'help' }],
  ['hang on a second', { kind: 'help' }],
  ['', { kind: 'help' }],
]

test.each(table)('[MO6] %j is read as its word', (prompt, ask) => {
  expect(parsePrompt(prompt)).toEqual(ask)
})

test('[MO6] white space around a prompt does not matter', () => {
  expect(parsePrompt('  count to 3 \n')).toEqual({ kind: 'count', to: 3 })
})
