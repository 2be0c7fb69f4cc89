/** The codecs: what the SDK sends, read; what it must be able to read, written. */
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readAnswer } from './appAnswer.ts'
import { parseDuration, parseRetryAfter, parseWakeTime } from './duration.ts'
import { parseSeed, seededId } from './eventIds.ts'
import { parseRegistration } from './functionConfig.ts'
import { parseEvents } from './incomingEvents.ts'
import { evaluateKey, isSupportedKey } from './keyExpression.ts'
import { parseOps } from './ops.ts'
import { bearerMatches, encodeBody, hashSigningKey, signBody } from './signature.ts'

const now = Date.UTC(2026, 10, 23)

describe('[EX36] durations', () => {
  const table: [string, number | undefined][] = [
    ['1s', 1_000],
    ['1h30m', 5_400_000],
    ['1w2d', 777_600_000],
    ['1.5s', 1_500],
    ['20ms', 20],
    ['', undefined],
    ['soon', undefined],
    ['1', undefined],
  ]
  it.each(table)('%s is %s ms', (text, ms) => expect(parseDuration(text)).toBe(ms))

  it('a date stands for itself', () =>
    expect(parseWakeTime('2027-01-01T00:00:00.000Z', now)).toBe(Date.UTC(2027, 0, 1)))
})

describe('[EX34] Retry-After', () => {
  const table: [string | undefined, number | undefined][] = [
    ['2', 2_000],
    ['0', 1_000],
    ['9999999', 86_400_000],
    [new Date(now + 5_000).toISOString(), 5_000],
    [new Date(now - 5_000).toUTCString(), 1_000],
    ['never', undefined],
    [undefined, undefined],
  ]
  it.each(table)('%s is %s ms', (header, ms) => expect(parseRetryAfter(header, now)).toBe(ms))
})

describe('[EX2] seeded ids', () => {
  const seed = { millis: 1_795_377_436_028, entropy: Buffer.from('00010203040500000000', 'hex') }

  it('keep the time, and count up in the last four bytes', () => {
    expect(parseSeed(`1795377436028,${seed.entropy.toString('base64')}`)).toEqual(seed)
    expect(seededId(seed, 1)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(seededId(seed, 1).slice(0, 25)).toBe(seededId(seed, 2).slice(0, 25))
    expect(seededId(seed, 2) > seededId(seed, 1)).toBe(true)
    expect(seededId({ ...seed, entropy: Buffer.alloc(10, 0xff) }, 1)).toMatch(/ZW0{6}$/)
  })

  it.each(['', 'x', '1,AAAA', `${2 ** 50},${seed.entropy.toString('base64')}`])('are not made from %s', (header) => {
    expect(parseSeed(header)).toBeUndefined()
  })
})

it('[EX1] folds propagated sessions under those the sender set, and drops what is reserved', () => {
  const meta = { propagated_sessions: { a: '1', b: '2', c: '3' }, sessions: { b: 'mine', c: null } }
  const body = JSON.stringify({ name: 'x', data: { _inngest: 1, kept: 2 }, meta })
  const parsed = parseEvents(body, { now, idAt: () => 'ID', maxBytes: 10_000 })
  expect(parsed).toEqual({
    ok: true,
    events: [
      {
        internalId: 'ID',
        named: false,
        event: { id: 'ID', name: 'x', data: { kept: 2 }, user: {}, ts: now, meta: { sessions: { a: '1', b: 'mine' } } },
      },
    ],
  })
})

describe('[EX65] concurrency keys', () => {
  const event = { data: { user: { id: 'u1' }, n: 3, flag: true } }
  const table: [string, string][] = [
    ['event.data.user.id', 'u1'],
    ['event.data.n', '3'],
    ['event.data.flag', 'true'],
    ['event.data.missing.deep', ''],
    ['"global"', 'global'],
    ["'a+b'", 'a+b'],
    ["event.data.user.id + '-' + event.data.n", 'u1-3'],
    ['event.data.constructor', ''],
  ]
  it.each(table)('%s is %s', (key, value) => expect(evaluateKey(key, event)).toBe(value))

  it.each(['size(event.data.x)', 'event.data.x == 1', 'async.data.x', 'event', 'event.data.x +', ''])(
    '%s is refused',
    (key) => {
      expect(isSupportedKey(key)).toBe(false)
    },
  )
})

describe('[EX13] registrations', () => {
  const step = { id: 'step', name: 'step', runtime: { type: 'http', url: 'http://a/b?fnId=app-f&stepId=step' } }
  const fn = {
    id: 'app-f',
    name: 'f',
    triggers: [{ event: 'e' }],
    steps: { step: { ...step, retries: { attempts: 99 } } },
  }
  const body = (more: object) => ({ appName: 'app', url: 'http://a/b', functions: [{ ...fn, ...more }] })

  it('reads retries (at most 20), limits, timeouts and the trigger of an onFailure handler', () => {
    const triggers = [{ event: 'inngest/function.failed', expression: "event.data.function_id == 'app-g'" }]
    const concurrency = [{ limit: 2, key: 'event.data.x', scope: 'env' }, { limit: 0 }]
    const parsed = parseRegistration(body({ triggers, concurrency, timeouts: { start: '1m', finish: '2h' } }))
    expect(parsed).toMatchObject({
      ok: true,
      registration: {
        functions: [
          {
            slug: 'app-f',
            maxAttempts: 21,
            triggers: [{ event: 'inngest/function.failed', failedFunction: 'app-g' }],
            concurrency: [{ limit: 2, key: 'event.data.x', scope: 'env' }],
            startTimeoutMs: 60_000,
            finishTimeoutMs: 7_200_000,
          },
        ],
      },
    })
  })

  it('says everything that is wrong at once, and never throws', () => {
    const parsed = parseRegistration(
      body({ throttle: {}, debounce: {}, brandNew: 1, triggers: [{ cron: '* * * * *' }] }),
    )
    expect(parsed.ok).toBe(false)
    expect(parsed.ok ? [] : parsed.refusals).toHaveLength(4)
    for (const junk of [
      undefined,
      null,
      5,
      [],
      {},
      { functions: [1] },
      body({ steps: { step: { runtime: { url: 'x' } } } }),
    ]) {
      expect(parseRegistration(junk as never).ok).toBe(false)
    }
  })
})

describe('[EX30] answers', () => {
  const sdk = { 'x-inngest-sdk': 'inngest-js:v4.24.0' }

  it('unwraps a streamed answer', () => {
    const inner = { status: 206, headers: { 'X-Inngest-Req-Version': '2' }, body: '[{"op":"RunComplete","data":1}]' }
    const report = readAnswer({ status: 201, headers: sdk, body: `    ${JSON.stringify(inner)}` }, now)
    expect(report).toEqual({ kind: 'ops', ops: [{ op: 'RunComplete', data: 1 }], reqVersion: 2 })
  })

  it.each([
    ['a page of someone else', { status: 200, headers: {}, body: '<html>' }],
    ['half a stream', { status: 201, headers: sdk, body: '   {"status":' }],
  ])('takes %s for a lost call', (_, answer) => expect(readAnswer(answer, now).kind).toBe('cut'))

  it.each([
    ['400 without retry', 400, 'true', true],
    ['500 with retry', 500, 'false', false],
    ['a bare 500', 500, undefined, false],
    ['401', 401, undefined, false],
  ])('reads %s', (_, status, noRetry, final) => {
    const headers = { ...sdk, 'x-inngest-no-retry': noRetry }
    expect(readAnswer({ status, headers, body: '{"message":"m"}' }, now)).toMatchObject({ kind: 'threw', final })
  })

  it('takes 206 without ops for an error', () => {
    expect(readAnswer({ status: 206, headers: sdk, body: '5' }, now).kind).toBe('threw')
  })
})

it('[EX70] names ops it does not know, and refuses those without an id', () => {
  expect(parseOps([{ op: 'Gateway', id: 'x', displayName: 'get' }, { op: 'StepRun' }])).toEqual([
    { op: 'unsupported', kind: 'Gateway', name: 'get' },
    { op: 'unsupported', kind: 'StepRun without an id', name: '' },
  ])
})

it('[EX31] signs canonical JSON with the text of the key', () => {
  const key = `signkey-test-${'ab'.repeat(32)}`
  const body = encodeBody({ b: 1, a: 'é' }, true)
  expect(body).toBe('{"a":"é","b":1}')
  const seconds = String(now / 1_000)
  const hmac = createHmac('sha256', 'ab'.repeat(32))
    .update(body + seconds)
    .digest('hex')
  expect(signBody(body, key, now)).toBe(`t=${seconds}&s=${hmac}`)
})

it('[EX20] accepts the key and its hash as bearer token', () => {
  const key = `signkey-test-${'ab'.repeat(32)}`
  expect(bearerMatches(`Bearer ${key}`, key)).toBe(true)
  expect(bearerMatches(`Bearer ${hashSigningKey(key)}`, key)).toBe(true)
  for (const header of [undefined, '', 'Bearer ', key, 'Bearer undefined'])
    expect(bearerMatches(header, key)).toBe(false)
})
