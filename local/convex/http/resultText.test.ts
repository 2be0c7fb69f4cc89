import { convexToJson } from 'convex/values'
import { expect, test } from 'vitest'
import { chooseFormat, resultText } from './resultText.ts'

test('[HT2] an encoded result is the engine’s text, untouched', () => {
  const text = resultText({ ok: true, value: '{"a": 1.0}', logLines: [] }, 'encoded')
  expect(text).toBe('{"status":"success","value":{"a": 1.0},"logLines":[]}')
})

test('[HT2] a clean result has big integers as text, bytes as base64 and no other wrapping', () => {
  const value = JSON.stringify(
    convexToJson({ n: 12n, b: new Uint8Array([1, 2]).buffer, f: -0, nan: Number.NaN, list: [1n, 'x', null, true] }),
  )
  expect(JSON.parse(resultText({ ok: true, value, logLines: [] }, 'clean')).value).toEqual({
    n: '12',
    b: 'AQI=',
    f: 0,
    nan: null,
    list: ['1', 'x', null, true],
  })
})

test('[HT2] an error has its data only when there is some', () => {
  const outcome = { ok: false as const, errorMessage: 'boom', logLines: ['[LOG] x'] }
  expect(JSON.parse(resultText(outcome, 'clean'))).toEqual({
    status: 'error',
    errorMessage: 'boom',
    logLines: ['[LOG] x'],
  })
  expect(JSON.parse(resultText({ ...outcome, errorData: { $integer: 'AQAAAAAAAAA=' } }, 'clean'))).toMatchObject({
    errorData: '1',
  })
  expect(JSON.parse(resultText({ ...outcome, errorData: null }, 'encoded'))).toMatchObject({ errorData: null })
})

test.each([
  ['convex_encoded_json', undefined, 'encoded'],
  ['json', 'npm-1.0.0', 'clean'],
  [undefined, 'npm-1.48.0', 'clean'],
  [undefined, 'npm-1.4.1', 'clean'],
  [undefined, 'npm-1.4.0', 'encoded'],
  [undefined, 'npm-0.9.9', 'encoded'],
  [undefined, undefined, 'clean'],
] as const)('[HT2] format %s from client %s is %s', (format, client, chosen) => {
  expect(chooseFormat(format, client)).toBe(chosen)
})
