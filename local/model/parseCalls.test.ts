import { expect, test } from 'vitest'
import { parseCalls, takeJson } from './parseCalls.ts'

test.each([
  ['{"a":"}{\\" and "} rest', { json: '{"a":"}{\\" and "}', rest: ' rest' }],
  ['{"a":{"b":[{}]}}', { json: '{"a":{"b":[{}]}}', rest: '' }],
  ['{a} b', undefined],
  ['{"a":1', undefined],
  ['x {"a":1}', undefined],
])('[MO30] JSON ends where its braces close: %s', (text, taken) => {
  expect(takeJson(text)).toEqual(taken)
})

const call = (name: string, json: string) => ({ name, arguments: json })

test.each([
  ['a with {}', { calls: [call('a', '{}')] }],
  [
    'a with {"x":" and b with {}"} and b with {"y":1}\nand c with {}',
    { calls: [call('a', '{"x":" and b with {}"}'), call('b', '{"y":1}'), call('c', '{}')] },
  ],
  ['a 12 times with {"i":"{i}"}', { calls: [call('a', '{"i":"{i}"}')], times: 12 }],
  ['a with this and that', { calls: [call('a', 'this and that')] }],
  ['a with {} or b with {}', undefined],
  ['your head with', undefined],
  ['a', undefined],
])('[MO30] %s', (text, parsed) => {
  expect(parseCalls(text)).toEqual(parsed)
})
