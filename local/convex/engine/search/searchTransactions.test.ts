/** Text search as part of a transaction, its limits, and what is refused. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Db, type NotesApp, searchNotes, startNotes } from '../test/notesApp.ts'

let app: NotesApp
beforeEach(async () => {
  app = await startNotes()
})
afterEach(() => app.close())

const texts = async (db: Db, words: string) => (await searchNotes(db, words).collect()).map(({ text }) => text)

describe('own writes', () => {
  it('[TS5] a transaction finds what it wrote itself, in the order in which it will be found afterwards', async () => {
    await app.add(['blue sky', 'blue sea', 'sea', 'sky over a blue blue lake'])
    const seen = await app.run(async ({ db }) => {
      const [first, second] = await db.query('notes').collect()
      await db.insert('notes', { text: 'blue seal seal', owner: 'ann' })
      if (first) await db.patch(first._id, { text: 'grey sky' })
      if (second) await db.delete(second._id)
      return texts(db, 'blue se')
    })
    expect(new Set(seen)).toEqual(new Set(['blue seal seal', 'sea', 'sky over a blue blue lake']))
    expect(await app.find('blue se')).toEqual(seen)
  })

  it('[TS5] what a transaction that failed wrote is not found', async () => {
    await app.add(['kept'])
    const failing = app.run(async ({ db }) => {
      await db.insert('notes', { text: 'kept never', owner: 'ann' })
      expect(await texts(db, 'kept')).toEqual(['kept', 'kept never'])
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(await app.find('kept')).toEqual(['kept'])
  })

  it('[TX7] a search is one range, and each result it yields one document', async () => {
    await app.add(Array.from({ length: 30 }, (_, i) => `word ${i}`))
    const before = app.backend.counters().documentsRead
    await app.run(({ db }) => searchNotes(db, 'word').take(7))
    expect(app.backend.counters().documentsRead - before).toBe(7)
  })
})

describe('limits', () => {
  it('[TS7] a search looks at 1,024 results: that many may be read, one more is an error', async () => {
    await app.add(Array.from({ length: 1_025 }, () => 'many'))
    const take = (n: number) => app.run(({ db }) => searchNotes(db, 'many').take(n))
    expect((await take(1_024)).length).toBe(1_024)
    await expect(take(1_025)).rejects.toThrow('scanned too many documents (limit: 1024, index notes.by_text)')
    await expect(app.find('many')).rejects.toThrow('scanned too many documents')
    await app.run(async ({ db }) => {
      const first = await db.query('notes').first()
      if (first) await db.delete(first._id)
    })
    expect((await app.find('many')).length).toBe(1_024)
  })

  it('[TS6] what the index cannot answer is refused, with its name and fields', async () => {
    await app.add(['x'])
    await expect(app.ask((q) => q.search('owner', 'x'))).rejects.toThrow(
      'Invalid search on index notes.by_text [text, owner, tag]: it searches the field text, not owner.',
    )
    await expect(app.ask((q) => q.search('text', 'x').eq('_id', 'x'))).rejects.toThrow(
      '_id is not one of its filter fields',
    )
    await expect(app.ask((q) => q.search('text', 5))).rejects.toThrow('must be a string')
    const nine = Array.from({ length: 9 }, () => 'owner')
    await expect(
      app.ask((q) => nine.reduce((built, field) => built.eq(field, 'ann'), q.search('text', 'x'))),
    ).rejects.toThrow('it has 9 filters; at most 8 are allowed')
    await expect(app.ask((q) => q.search('text', 'x'), 'by_nothing')).rejects.toThrow(
      'Index notes.by_nothing not found',
    )
  })

  it('[TS6] strict: more than sixteen terms are refused', async () => {
    const strict = await startNotes({ profile: 'strict', random: () => 0.99 })
    await strict.add(['x'])
    expect(await strict.find(`${'y '.repeat(15)}x`)).toEqual(['x'])
    await expect(strict.find('y '.repeat(17))).rejects.toThrow('it searches for 17 terms; at most 16 are allowed')
    await strict.close()
  })
})
