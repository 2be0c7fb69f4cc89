/** Text search: what matches, and in which order. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type NotesApp, startNotes } from '../test/notesApp.ts'
import { tokenize } from './tokenize.ts'

let app: NotesApp
beforeEach(async () => {
  app = await startNotes()
})
afterEach(() => app.close())

describe('terms', () => {
  it('[TS1] are words of letters and digits in lower case, of any script, of at most 32 bytes', () => {
    const words = ['don', 't', 'panic', '42', 'naïve', 'cafés', 'über', 'größe', 'хлеб', 'и', 'соль']
    expect(tokenize('Don’t PANIC: 42 naïve cafés, über-größe; хлеб_и соль!')).toEqual(words)
    expect(tokenize(`${'a'.repeat(32)} ${'b'.repeat(33)} ${'é'.repeat(17)}`)).toEqual(['a'.repeat(32)])
    expect(tokenize(' -- \u0000 ')).toEqual([])
  })

  it('[TS1] case and punctuation do not matter, accents do', async () => {
    await app.add(['A Café, please!', 'cafe'])
    expect(await app.find('CAFÉ…')).toEqual(['A Café, please!'])
    expect(await app.find('please, a')).toEqual(['A Café, please!'])
  })

  it('[TS2] one term is enough, and the last one stands for every word that begins with it', async () => {
    await app.add(['red apple', 'green pear', 'applause', 'grape'])
    expect(new Set(await app.find('pear red'))).toEqual(new Set(['red apple', 'green pear']))
    expect(new Set(await app.find('pear appl'))).toEqual(new Set(['green pear', 'red apple', 'applause']))
    expect(await app.find('appl pear')).toEqual(['green pear'])
  })

  it('[TS2] without a word nothing matches', async () => {
    await app.add(['anything'])
    expect([await app.find(''), await app.find(' ?! '), await app.find('x'.repeat(33))]).toEqual([[], [], []])
  })

  it('[TS6] friendly: words beyond the sixteenth are left out, and none of the others is a beginning', async () => {
    const words = Array.from({ length: 17 }, (_, i) => `w${i}`)
    await app.add(['w15', 'w16', 'w155'])
    expect(await app.find(words.join(' '))).toEqual(['w15'])
    expect(new Set(await app.find(words.slice(0, 16).join(' ')))).toEqual(new Set(['w15', 'w155']))
  })
})

describe('order', () => {
  it('[TS3] more of the words, rarer words, more often, in a shorter text: each comes first', async () => {
    await app.add(['kiwi', 'plum kiwi kiwi', 'kiwi fig'])
    expect(await app.find('plum kiwi fig')).toEqual(['kiwi fig', 'plum kiwi kiwi', 'kiwi'])
    await app.add(['common rare a', 'common b c', 'common d e', 'common common f'])
    expect(await app.find('common rare')).toEqual(['common rare a', 'common common f', 'common d e', 'common b c'])
    await app.add(['oak tree in a wood of many a tall pine', 'oak tree'])
    expect(await app.find('oak')).toEqual(['oak tree', 'oak tree in a wood of many a tall pine'])
  })

  it('[TS3] a whole word comes before words that only begin with it, however rare they are', async () => {
    await app.add(['coffee', 'coffees', 'coffee', 'coffee'])
    expect((await app.find('coffee')).at(-1)).toBe('coffees')
  })

  it('[TS3] equally good ones: the newest first', async () => {
    await app.add(['same one', 'same two', 'same six'])
    expect(await app.find('same')).toEqual(['same six', 'same two', 'same one'])
  })
})

describe('filters', () => {
  it('[TS4] all of them must hold; undefined is a missing field and is not null', async () => {
    await app.run(async ({ db }) => {
      await db.insert('notes', { text: 'tea one', owner: 'ann' })
      await db.insert('notes', { text: 'tea two', owner: 'ann', tag: null })
      await db.insert('notes', { text: 'tea three', owner: 'ann', tag: 'x' })
      await db.insert('notes', { text: 'tea four', owner: 'bob', tag: 'x' })
    })
    expect(await app.find('tea', { owner: 'bob' })).toEqual(['tea four'])
    expect(await app.find('tea', { owner: 'ann', tag: 'x' })).toEqual(['tea three'])
    expect(await app.find('tea', { tag: undefined })).toEqual(['tea one'])
    expect(await app.find('tea', { tag: null })).toEqual(['tea two'])
    expect(await app.find('tea', { tag: 'x', owner: 'eve' })).toEqual([])
  })

  it('[TS4] what does not pass the filters does not change the order of what does', async () => {
    await app.add(['rust and iron', 'iron', 'rust rust'])
    const ordered = await app.find('iron rust', { owner: 'ann' })
    const others = Array.from({ length: 50 }, () => 'iron')
    await app.add(others, 'bob')
    expect(await app.find('iron rust', { owner: 'ann' })).toEqual(ordered)
  })

  it('[TS4] nested fields are searched and filtered', async () => {
    await app.run(async ({ db }) => {
      for (const kind of [1, 2])
        await db.insert('notes', { text: `${kind}`, owner: 'ann', inside: { body: 'deep', kind } })
    })
    expect(await app.ask((q) => q.search('inside.body', 'dee').eq('inside.kind', 2), 'by_inside')).toEqual(['2'])
  })

  it('[TS4] what is no text is not found, and can become one', async () => {
    const id = await app.run(({ db }) => db.insert('notes', { text: 5, owner: 'ann' }))
    expect(await app.find('5')).toEqual([])
    await app.run(({ db }) => db.patch(id, { text: '5' }))
    expect(await app.find('5')).toEqual(['5'])
    await app.run(({ db }) => db.patch(id, { text: undefined }))
    expect(await app.find('5')).toEqual([])
  })
})
