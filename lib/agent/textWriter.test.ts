import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AppendAnswer, createTextWriter, HEARTBEAT_MS, pauseAfter, type TextWriter } from './textWriter.ts'

interface Pending {
  offset: number
  text: string
  at: number
  answer: (answer: AppendAnswer) => Promise<void>
  fail: (error: unknown) => Promise<void>
}

/** Appends wait until the test answers them. */
let pending: Pending[]
let sent: { offset: number; text: string }[]
let stale: number
let errors: unknown[]
let writer: TextWriter

const settle = () => vi.advanceTimersByTimeAsync(0)

function open(flushMs = 50): TextWriter {
  return createTextWriter({
    append: (offset, text) => {
      sent.push({ offset, text })
      return new Promise((resolve, reject) => {
        const take = (act: () => void) => {
          pending.splice(pending.indexOf(entry), 1)
          act()
          return settle().then(() => undefined)
        }
        const entry: Pending = {
          offset,
          text,
          at: Date.now(),
          answer: (answer) => take(() => resolve(answer)),
          fail: (error) => take(() => reject(error)),
        }
        pending.push(entry)
      })
    },
    flushMs,
    onStale: () => {
      stale += 1
    },
    onError: (error) => errors.push(error),
  })
}

function only(): Pending {
  expect(pending, 'one write at a time').toHaveLength(1)
  const [one] = pending
  if (!one) throw new Error('no write is under way')
  return one
}

const ok = (one: Pending = only()) => one.answer({ kind: 'ok', end: one.offset + one.text.length })

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 })
  pending = []
  sent = []
  stale = 0
  errors = []
  writer = open()
})
afterEach(() => {
  writer.stop()
  vi.useRealTimers()
})

describe('running text', () => {
  it('sends the first token at once, then what gathered, once a pause', async () => {
    writer.write('a')
    expect(sent).toEqual([{ offset: 0, text: 'a' }])
    await ok()
    writer.write('b')
    writer.write('c')
    await vi.advanceTimersByTimeAsync(49)
    expect(sent).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(sent[1]).toEqual({ offset: 1, text: 'bc' })
  })

  it('never has two writes under way: text gathers behind a slow one', async () => {
    writer.write('a')
    for (const letter of 'bcdef') {
      writer.write(letter)
      await vi.advanceTimersByTimeAsync(200)
      only()
    }
    await ok()
    expect(only()).toMatchObject({ offset: 1, text: 'bcdef' })
  })

  it('leaves the rest to the commit, after the write under way', async () => {
    writer.write('a')
    writer.write('bc')
    let tail: unknown
    const finishing = writer.finish().then((value) => {
      tail = value
    })
    await settle()
    expect(tail).toBeUndefined()
    await ok()
    await finishing
    expect(tail).toEqual({ offset: 1, text: 'bc' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent).toHaveLength(1)
  })

  it('sends again from where the database stands when that lost something', async () => {
    writer.write('abc')
    await ok()
    writer.write('def')
    await vi.advanceTimersByTimeAsync(50)
    await only().answer({ kind: 'gap', end: 1 })
    await vi.advanceTimersByTimeAsync(50)
    expect(only()).toMatchObject({ offset: 1, text: 'bcdef' })
    await ok()
    expect(await writer.finish()).toEqual({ offset: 6, text: '' })
    expect(writer.tailFrom(2)).toEqual({ offset: 2, text: 'cdef' })
  })

  it('stops at the first stale answer, says so once, and takes no more text', async () => {
    writer.write('a')
    await only().answer({ kind: 'stale' })
    writer.write('b')
    await vi.advanceTimersByTimeAsync(10_000)
    expect([stale, sent.length]).toEqual([1, 1])
    expect(await writer.finish()).toBe('stale')
  })

  it('learns of a stale fence also from the write under way at the end', async () => {
    writer.write('a')
    const finishing = writer.finish()
    await only().answer({ kind: 'stale' })
    expect(await finishing).toBe('stale')
    expect(stale).toBe(1)
  })

  it('reports a write that failed for good, and throws it at the end', async () => {
    writer.write('a')
    await only().fail(new Error('the database is down'))
    expect(errors).toEqual([new Error('the database is down')])
    writer.write('b')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(sent).toHaveLength(1)
    await expect(writer.finish()).rejects.toThrow('the database is down')
  })

  it('does not argue for ever with a database that holds another text', async () => {
    writer.write('abc')
    await only().answer({ kind: 'gap', end: 7 })
    expect(errors).toHaveLength(1)
    await expect(writer.finish()).rejects.toThrow(/not ours/)
  })

  it('never cuts a surrogate pair, and repairs a half that stays alone', async () => {
    writer.write('a\ud83d')
    expect(sent).toEqual([{ offset: 0, text: 'a' }])
    await ok()
    writer.write('\ude00b\ud83d')
    await vi.advanceTimersByTimeAsync(50)
    expect(only()).toMatchObject({ offset: 1, text: '\u{1f600}b' })
    await ok()
    expect(await writer.finish()).toEqual({ offset: 4, text: '\ufffd' })
  })

  it('cuts a flood into writes of bounded size and loses nothing', async () => {
    const flood = '\u{1f600}x'.repeat(20_000)
    writer.write('s')
    writer.write(flood)
    const finishing = writer.finish()
    while (pending.length > 0) await ok()
    const tail = await finishing
    expect(tail).not.toBe('stale')
    if (tail === 'stale') return
    expect(sent.every(({ text }) => text.length <= 16_000 && text.isWellFormed())).toBe(true)
    expect(sent.map(({ text }) => text).join('') + tail.text).toBe(`s${flood}`)
  })

  it('gives signs of life while the model is silent, at the right offset', async () => {
    await vi.advanceTimersByTimeAsync(HEARTBEAT_MS)
    expect(only()).toMatchObject({ offset: 0, text: '' })
    await ok()
    writer.write('abc')
    expect(only()).toMatchObject({ offset: 0, text: 'abc' })
    await ok()
    await vi.advanceTimersByTimeAsync(2 * HEARTBEAT_MS)
    expect(only()).toMatchObject({ offset: 3, text: '' })
    await only().answer({ kind: 'stale' })
    expect(stale).toBe(1)
    await vi.advanceTimersByTimeAsync(10 * HEARTBEAT_MS)
    expect(pending).toEqual([])
  })

  it('stores what is left when the step fails', async () => {
    writer.write('a')
    writer.write('bc')
    const draining = writer.drain()
    await ok()
    expect(only()).toMatchObject({ offset: 1, text: 'bc' })
    await ok()
    await draining
    expect(pending).toEqual([])
  })

  it('writes less often as the reply ages, up to four times the pause', () => {
    expect([0, 29_999, 30_000, 60_000, 90_000, 3_600_000].map((age) => pauseAfter(50, age))).toEqual([
      50, 50, 100, 150, 200, 200,
    ])
  })
})

describe('any sequence of text, delays and lost answers', () => {
  /** mulberry32 */
  function random(seed: number): () => number {
    let state = seed
    return () => {
      state = (state + 0x6d2b79f5) | 0
      let t = Math.imul(state ^ (state >>> 15), 1 | state)
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
      return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
    }
  }

  it.each(Array.from({ length: 50 }, (_, seed) => seed))('arrives whole and in order (seed %i)', async (seed) => {
    const next = random(seed)
    let database = ''
    let written = ''
    let losses = 0
    for (let i = 0; i < 60; i++) {
      const text = ['x', 'yz', '\u{1f600}', '\ud83d', '\ude00', '\n'][Math.floor(next() * 6)] ?? ''
      written += text
      writer.write(text)
      await vi.advanceTimersByTimeAsync(Math.floor(next() * 60))
      const [one] = pending
      if (!one || next() < 0.4) continue
      // As the database does it: an append that fits is added, a repeat is fine, anything else is a gap.
      if (next() < 0.1 && losses < 3) {
        losses += 1
        // Whole characters, as it got them.
        database = [...database].slice(0, -2).join('')
        await one.answer({ kind: 'gap', end: database.length })
      } else if (one.offset === database.length) {
        database += one.text
        await one.answer({ kind: 'ok', end: database.length })
      } else await one.answer({ kind: 'gap', end: database.length })
    }
    const finishing = writer.finish()
    await settle()
    for (const one of pending) {
      expect(one.offset).toBe(database.length)
      database += one.text
      await one.answer({ kind: 'ok', end: database.length })
    }
    const tail = await finishing
    if (tail === 'stale') throw new Error('nothing was stale')
    expect(tail.offset).toBe(database.length)
    expect(database + tail.text).toBe(written.toWellFormed())
    expect(sent.length).toBeGreaterThan(5)
  })
})
