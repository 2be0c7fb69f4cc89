/** The ledger and the running text: tries, fences, offsets, folding. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { api } from '../_generated/api.js'
import { freeze, m, modelResult, startConvex, startedAt, thaw, wait } from '../test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

async function running() {
  const c = startConvex()
  const take = await c.go(m(1), { runId: 'r1' })
  const { turnId } = take
  const append = (fence: { epoch: number; try: number }, offset: number, text: string, step = 'model-0') =>
    c.append({ turnId, fence, step, offset, text })
  return { ...c, take, turnId, append }
}

describe('open', () => {
  test('each opening is a new try, numbered by the database; a committed step gives its result instead', async () => {
    const c = await running()
    expect(await c.fence(c.take)).toEqual({ epoch: 1, try: 1 })
    const fence = await c.fence(c.take)
    expect(fence).toEqual({ epoch: 1, try: 2 })
    const result = modelResult({ usage: { inputTokens: 3, outputTokens: 4 } })
    expect(await c.commit({ turnId: c.turnId, fence, step: 'model-0', result })).toEqual({ kind: 'ok' })
    const { turnId, runId } = c.take
    const again = await c.open({ turnId, epoch: 1, runId, step: 'model-0', kind: 'model' })
    expect(again).toEqual({ kind: 'done', result })
  })

  test('another run, another epoch, an unknown turn, a settled one', async () => {
    const c = await running()
    const open = (over: object) =>
      c.open({ turnId: c.turnId, epoch: 1, runId: 'r1', step: 'model-0', kind: 'model', ...over })
    expect(await open({ runId: 'r2' })).toEqual({ kind: 'not-yours' })
    expect(await open({ epoch: 0 })).toEqual({ kind: 'not-yours' })
    expect(await open({ turnId: 'nonsense' })).toEqual({ kind: 'stopped' })
    await c.complete(c.turnId, 1)
    expect(await open({})).toEqual({ kind: 'stopped' })
  })

  test('a step committed before a restart is done for the next run as well', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    await c.commit({ turnId: c.turnId, fence, step: 'model-0', result: modelResult() })
    wait(61_000)
    await c.watchdog()
    expect((await c.claim({ turnId: c.turnId, epoch: 2, runId: 'r2' })).kind).toBe('go')
    const open = await c.open({ turnId: c.turnId, epoch: 2, runId: 'r2', step: 'model-0', kind: 'model' })
    expect(open.kind).toBe('done')
  })
})

describe('append', () => {
  test('text grows by offset; the first text goes live and is timed once', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    wait(200)
    expect(await c.append(fence, 0, 'one ')).toEqual({ kind: 'ok', end: 4 })
    wait(50)
    expect(await c.append(fence, 4, 'two')).toEqual({ kind: 'ok', end: 7 })
    expect(await c.follow(c.turnId)).toEqual({ key: '1.model-0.1', from: 0, text: 'one two' })
    expect(await c.follow(c.turnId, '1.model-0.1', 4)).toEqual({ key: '1.model-0.1', from: 4, text: 'two' })
    expect(await c.follow(c.turnId, '1.model-0.1', 7)).toEqual({ key: '1.model-0.1', from: 7, text: '' })
    const reply = (await c.tail()).at(-1)
    expect(reply).toMatchObject({ firstTokenAt: startedAt + 200, live: { key: '1.model-0.1' }, text: '' })
  })

  test('the same write again changes nothing; a gap, an overlap and other words are refused with the end', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    await c.append(fence, 0, 'one ')
    await c.append(fence, 4, 'two')
    expect(await c.append(fence, 4, 'two')).toEqual({ kind: 'ok', end: 7 })
    expect(await c.append(fence, 0, 'one ')).toEqual({ kind: 'ok', end: 7 })
    expect(await c.append(fence, 9, 'x')).toEqual({ kind: 'gap', end: 7 })
    expect(await c.append(fence, 4, 'two three')).toEqual({ kind: 'gap', end: 7 })
    expect(await c.append(fence, 4, 'six')).toEqual({ kind: 'gap', end: 7 })
    expect((await c.follow(c.turnId)).text).toBe('one two')
  })

  test('a stale try, an old epoch, a step that was never opened', async () => {
    const c = await running()
    const old = await c.fence(c.take)
    await c.append(old, 0, 'old')
    const fence = await c.fence(c.take)
    expect(await c.append(old, 3, ' more')).toEqual({ kind: 'stale' })
    expect(await c.append({ epoch: 0, try: 2 }, 0, 'x')).toEqual({ kind: 'stale' })
    expect(await c.append(fence, 0, 'x', 'model-9')).toEqual({ kind: 'stale' })
  })

  test('the old try is shown until the new one has its first token, then never again: no mixture, no rows left', async () => {
    const c = await running()
    const old = await c.fence(c.take)
    await c.append(old, 0, 'the old text')
    const fence = await c.fence(c.take)
    expect(await c.follow(c.turnId, '1.model-0.1', 4)).toMatchObject({ key: '1.model-0.1', text: 'old text' })
    await c.append(fence, 0, 'n')
    expect(await c.follow(c.turnId, '1.model-0.1', 12)).toEqual({ key: '1.model-0.2', from: 0, text: 'n' })
    expect(await c.t.run((ctx) => ctx.db.query('texts').collect())).toHaveLength(1)
  })

  test('long text lies in rows of about 4 KB, and a reader reads only from its own row on', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    let text = ''
    for (let n = 0; n < 60; n++) {
      const piece = `${n} ${'😀'.repeat(120)} `
      expect(await c.append(fence, text.length, piece)).toEqual({ kind: 'ok', end: text.length + piece.length })
      text += piece
    }
    const rows = await c.t.run((ctx) => ctx.db.query('texts').collect())
    expect(rows.length).toBeGreaterThan(2)
    for (const row of rows) {
      expect(row.text.length).toBeLessThanOrEqual(4096)
      expect(row.text.isWellFormed()).toBe(true)
    }
    expect((await c.follow(c.turnId)).text).toBe(text)
    // In the middle of a character or not: everything from there on, and whole.
    for (const from of [5000, 5001, 4096, 4097, text.length]) {
      const seen = await c.follow(c.turnId, '1.model-0.1', from)
      expect(from - seen.from).toBeLessThanOrEqual(1)
      expect(seen.text).toBe(text.slice(seen.from))
      expect(seen.text.isWellFormed()).toBe(true)
    }
    // A repeat of any stretch is known, also across rows.
    for (const place of [0, 16, 17, 59]) {
      const at = text.indexOf(`${place} 😀`)
      const known = text.slice(at, text.indexOf(`${place + 1} 😀`) > 0 ? text.indexOf(`${place + 1} 😀`) : undefined)
      expect(await c.append(fence, at, known)).toEqual({ kind: 'ok', end: text.length })
    }
  })

  test('a huge piece is cut into rows without cutting characters', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    const text = `x${'😀'.repeat(10_000)}`
    await c.append(fence, 0, text)
    const rows = await c.t.run((ctx) => ctx.db.query('texts').collect())
    expect(rows.every((row) => row.text.isWellFormed() && row.text.length <= 4096)).toBe(true)
    expect((await c.follow(c.turnId)).text).toBe(text)
  })

  test('half a character is refused loudly, and so is a reply without end', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    await expect(c.append(fence, 0, '\ud83d')).rejects.toThrow('bad-request')
    await expect(c.append(fence, 0, 'x'.repeat(250_001))).rejects.toThrow('reply-too-long')
    expect(await c.append(fence, 0, 'x')).toEqual({ kind: 'ok', end: 1 })
  })

  test('the sign of life is written at most once in 15 s, and empty text is one', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    const dueBy = async () => (await c.turn(c.turnId)).dueBy
    wait(10_000)
    await c.append(fence, 0, 'x')
    expect(await dueBy()).toBe(startedAt + 60_000)
    wait(10_000)
    expect(await c.append(fence, 1, '')).toEqual({ kind: 'ok', end: 1 })
    expect(await dueBy()).toBe(startedAt + 80_000)
  })

  test('nobody else can follow', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    await c.append(fence, 0, 'secret')
    const read = c.bob.query(api.messages.follow, { messageId: c.turnId, key: null, from: 0 })
    expect(await read).toEqual({ key: null, from: 0, text: '' })
  })
})

describe('commit', () => {
  test('folds text and tail in one transaction; the same commit again is ok; another is stale', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    await c.append(fence, 0, 'Hel')
    const commit = { turnId: c.turnId, fence, step: 'model-0', result: modelResult(), tail: { offset: 3, text: 'lo' } }
    expect(await c.commit(commit)).toEqual({ kind: 'ok' })
    expect(await c.commit(commit)).toEqual({ kind: 'ok' })
    expect(await c.commit({ ...commit, fence: { epoch: 1, try: 2 } })).toEqual({ kind: 'stale' })
    expect(await c.commit({ ...commit, step: 'model-7' })).toEqual({ kind: 'stale' })
    expect((await c.tail()).at(-1)?.parts).toEqual([{ type: 'text', step: 'model-0', text: 'Hello' }])
    expect(await c.follow(c.turnId, '1.model-0.1', 3)).toEqual({ key: null, from: 0, text: '' })
    expect(await c.t.run((ctx) => ctx.db.query('texts').collect())).toEqual([])
  })

  test('an output that the reply has no room for is left out, in the reply and for the model alike, and the words still fit', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    const toolCalls = [0, 1, 2, 3, 4].map((position) => ({ position, id: 'same', name: 'readPage', input: '{}' }))
    const result = modelResult({ finishReason: 'tool-calls', toolCalls })
    await c.commit({ turnId: c.turnId, fence, step: 'model-0', result })
    for (const { position } of toolCalls) {
      const step = `tool-0-${position}`
      const output = JSON.stringify('x'.repeat(49_000))
      const call = await c.fence(c.take, step)
      await c.commit({ turnId: c.turnId, fence: call, step, result: { kind: 'tool', output } })
    }
    const ledger = await c.service.query(api.service.context.committed, { turnId: c.turnId, epoch: 1 })
    if (ledger.kind !== 'committed') throw new Error(ledger.kind)
    const last = ledger.committed.at(-1)?.result
    const parts = (await c.tail()).at(-1)?.parts
    const told = expect.stringContaining('its result of 49002 characters is left out')
    expect(last).toMatchObject({ kind: 'tool', output: told })
    expect(parts?.at(-1)).toMatchObject({ state: 'done', output: told })
    const end = { step: 'model-1', result: modelResult(), tail: { offset: 0, text: 'x'.repeat(50_000) } }
    expect(await c.commit({ turnId: c.turnId, fence: await c.fence(c.take, 'model-1'), ...end })).toEqual({
      kind: 'ok',
    })
  })

  test('a tail that does not fit commits nothing', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    const commit = { turnId: c.turnId, fence, step: 'model-0', result: modelResult() }
    expect(await c.commit({ ...commit, tail: { offset: 5, text: 'x' } })).toEqual({ kind: 'gap', end: 0 })
    expect(await c.commit({ ...commit, tail: { offset: 0, text: 'x' } })).toEqual({ kind: 'ok' })
  })

  test('a new try without a word still replaces what the old one showed', async () => {
    const c = await running()
    await c.append(await c.fence(c.take), 0, 'half an ans')
    const fence = await c.fence(c.take)
    await c.commit({ turnId: c.turnId, fence, step: 'model-0', result: modelResult() })
    await c.complete(c.turnId, 1)
    expect((await c.page())[0]?.text).toBe('')
  })

  test('a stretch that ended at its budget goes on without a seam, and tokens add up', async () => {
    const c = await running()
    for (const [step, text] of [
      ['model-0', 'One and'],
      ['model-1', ' the same'],
    ] as const) {
      const fence = await c.fence(c.take, step)
      const result = modelResult({ finishReason: step === 'model-0' ? 'budget' : 'stop', usage: { outputTokens: 2 } })
      await c.commit({ turnId: c.turnId, fence, step, result, tail: { offset: 0, text } })
    }
    await c.complete(c.turnId, 1)
    expect((await c.page())[0]).toMatchObject({ text: 'One and the same', usage: { outputTokens: 4 } })
  })

  test('parallel calls commit in any order, into their own places; what the turn did is told to its next step', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    const toolCalls = [0, 1].map((position) => ({ position, id: 'same', name: 'time', input: `{"n":${position}}` }))
    const result = modelResult({ finishReason: 'tool-calls', toolCalls })
    await c.commit({ turnId: c.turnId, fence, step: 'model-0', result, tail: { offset: 0, text: 'Look:' } })
    for (const position of [1, 0]) {
      const step = `tool-0-${position}`
      const open = await c.open({ turnId: c.turnId, epoch: 1, runId: 'r1', step, kind: 'tool' })
      if (open.kind !== 'go') throw new Error(open.kind)
      await c.commit({ turnId: c.turnId, fence: open.fence, step, result: { kind: 'tool', output: `"${position}"` } })
    }
    const context = await c.service.query(api.service.context.load, { turnId: c.turnId, epoch: 1, uptoTokens: 100 })
    if (context.kind !== 'context') throw new Error(context.kind)
    expect(context.committed.map(({ step, text }) => [step, text])).toEqual([
      ['model-0', 'Look:'],
      ['tool-0-1', ''],
      ['tool-0-0', ''],
    ])
    const outputs = (await c.tail()).at(-1)?.parts?.flatMap((part) => (part.type === 'tool' ? [part.output] : []))
    expect(outputs).toEqual(['"0"', '"1"'])
  })

  test('a committed step resets the count of restarts', async () => {
    const c = await running()
    for (let n = 2; n <= 5; n++) {
      wait(11 * 60_000)
      await c.watchdog()
      const take = await c.claim({ turnId: c.turnId, epoch: n, runId: `r${n}` })
      if (take.kind !== 'go') throw new Error(take.kind)
      const step = `model-${n}`
      const fence = await c.fence({ ...take, runId: `r${n}` }, step)
      await c.commit({ turnId: c.turnId, fence, step, result: modelResult() })
    }
    expect(await c.turn(c.turnId)).toMatchObject({ state: 'processing', restarts: 0, epoch: 5 })
  })
})

describe('fail', () => {
  const error = { code: 'model-unavailable', message: 'The model did not answer.' }

  test('shows when it is tried again, waits for it, counts it, and forgets it at the next try', async () => {
    const c = await running()
    const fence = await c.fence(c.take)
    const retryAt = startedAt + 30_000
    const fail = { turnId: c.turnId, fence, step: 'model-0', error, retryAt }
    expect(await c.fail(fail)).toEqual({ kind: 'ok' })
    expect(await c.fail(fail)).toEqual({ kind: 'ok' })
    expect((await c.tail()).at(-1)?.detail).toEqual({ kind: 'retrying', at: retryAt, reason: error.message })
    expect((await c.turn(c.turnId)).dueBy).toBe(retryAt + 120_000)
    const job = await c.ada.query(api.jobs.inspect, { messageId: m(1) })
    expect(job?.steps).toMatchObject([{ state: 'failed', failures: 1, retryAt, error }])
    wait(30_000)
    const open = await c.open({ turnId: c.turnId, epoch: 1, runId: 'r1', step: 'model-0', kind: 'model' })
    expect(open).toMatchObject({ kind: 'go', fence: { epoch: 1, try: 2 }, failures: 1 })
    expect((await c.tail()).at(-1)?.detail).toBeUndefined()
    expect((await c.turn(c.turnId)).dueBy).toBe(startedAt + 90_000)
  })

  test('a stale failure is no failure', async () => {
    const c = await running()
    const old = await c.fence(c.take)
    const fence = await c.fence(c.take)
    expect(await c.fail({ turnId: c.turnId, fence: old, step: 'model-0', error })).toEqual({ kind: 'stale' })
    expect(await c.append(fence, 0, 'x')).toEqual({ kind: 'ok', end: 1 })
  })
})
