import { expect, test } from 'vitest'
import {
  decodeTs,
  encodeTs,
  mutationResponse,
  ProtocolError,
  parseClientMessage,
  queryResult,
  transition,
} from './protocol.ts'

test('[SY2] a timestamp is eight little-endian bytes in base64, and zero is AAAAAAAAAAA=', () => {
  expect(encodeTs(0n)).toBe('AAAAAAAAAAA=')
  expect(encodeTs(1n)).toBe('AQAAAAAAAAA=')
  for (const ts of [0n, 1n, 1_732_300_000_000_000_000n, 2n ** 64n - 1n]) expect(decodeTs(encodeTs(ts))).toBe(ts)
})

test('a Connect carries the session, the observed timestamp and the client clock', () => {
  const text = JSON.stringify({
    type: 'Connect',
    sessionId: 's',
    connectionCount: 2,
    lastCloseReason: null,
    maxObservedTimestamp: encodeTs(7n),
    clientTs: 12,
  })
  expect(parseClientMessage(text)).toEqual({
    type: 'Connect',
    sessionId: 's',
    connectionCount: 2,
    lastCloseReason: null,
    maxObservedTs: 7n,
    clientTs: 12,
  })
})

test('missing arguments are the empty object, and a missing journal is null', () => {
  const text = JSON.stringify({
    type: 'ModifyQuerySet',
    baseVersion: 0,
    newVersion: 1,
    modifications: [{ type: 'Add', queryId: 3, udfPath: 'm:f', args: [] }],
  })
  expect(parseClientMessage(text)).toMatchObject({ modifications: [{ path: 'm:f', args: {}, journal: null }] })
})

test.each([
  ['not json', 'JSON'],
  ['[]', 'JSON object'],
  ['null', 'JSON object'],
  ['{}', 'Unknown message type'],
  ['{"type":"Nonsense"}', 'Nonsense'],
  ['{"type":"Connect","connectionCount":0}', 'sessionId'],
  ['{"type":"Connect","sessionId":"s","connectionCount":-1}', 'connectionCount'],
  ['{"type":"Connect","sessionId":"s","connectionCount":0,"maxObservedTimestamp":"x"}', 'timestamp'],
  ['{"type":"Authenticate","baseVersion":0,"tokenType":"Wizard"}', 'tokenType'],
  ['{"type":"Authenticate","baseVersion":0,"tokenType":"User"}', 'value'],
  ['{"type":"Mutation","requestId":1.5,"udfPath":"m:f","args":[{}]}', 'requestId'],
  ['{"type":"Mutation","requestId":1,"udfPath":"m:f","args":[{},{}]}', 'args'],
  ['{"type":"ModifyQuerySet","baseVersion":0,"newVersion":1,"modifications":[{"type":"Fly","queryId":1}]}', 'Add'],
])('[SY3] %s is a protocol violation that names what is wrong', (text, named) => {
  expect(() => parseClientMessage(text)).toThrow(ProtocolError)
  expect(() => parseClientMessage(text)).toThrow(named)
})

test('[SY8] a result goes on the wire as the text the engine made', () => {
  const outcome = { ok: true as const, value: '{"a": 1.0}', logLines: ['[LOG] hi'] }
  const text = queryResult(4, outcome, null)
  expect(text).toContain('"value":{"a": 1.0},')
  expect(JSON.parse(text)).toEqual({
    type: 'QueryUpdated',
    queryId: 4,
    value: { a: 1 },
    logLines: ['[LOG] hi'],
    journal: null,
  })
})

test('[SY7] errorData is present only when a ConvexError was thrown, even when its data is null', () => {
  const plain = { ok: false as const, errorMessage: 'boom', logLines: [] }
  expect(JSON.parse(queryResult(1, plain, null))).toEqual({
    type: 'QueryFailed',
    queryId: 1,
    errorMessage: 'boom',
    logLines: [],
    journal: null,
  })
  expect(JSON.parse(queryResult(1, { ...plain, errorData: null }, 'j'))).toMatchObject({
    errorData: null,
    journal: 'j',
  })
  expect(JSON.parse(mutationResponse(9, { ...plain, errorData: { code: 1 } }, 5n))).toEqual({
    type: 'MutationResponse',
    requestId: 9,
    success: false,
    result: 'boom',
    errorData: { code: 1 },
    logLines: [],
  })
})

test('a transition names both versions, and the clock only where it is asked for', () => {
  const start = { querySet: 0, identity: 0, ts: 0n }
  const end = { querySet: 1, identity: 0, ts: 5n }
  expect(JSON.parse(transition(start, end, ['{"type":"QueryRemoved","queryId":2}']))).toEqual({
    type: 'Transition',
    startVersion: { querySet: 0, identity: 0, ts: encodeTs(0n) },
    endVersion: { querySet: 1, identity: 0, ts: encodeTs(5n) },
    modifications: [{ type: 'QueryRemoved', queryId: 2 }],
  })
  expect(JSON.parse(transition(start, end, [], { clientClockSkew: -3, serverNow: 1_800_000_000_000 }))).toMatchObject({
    clientClockSkew: -3,
    serverTs: 1_800_000_000_000_000_000,
  })
})
