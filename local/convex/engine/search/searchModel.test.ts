/** Searches of every age against the obvious way of doing it, under random commits, own writes and savepoints. */
import { expect, it } from 'vitest'
import { createFakeClock } from '../../../kernel/fakeClock.ts'
import { seededRandom } from '../../../kernel/seededRandom.ts'
import type { Counters, JsonObject } from '../backend.ts'
import { defaultLimits } from '../engineState.ts'
import { applySchema } from '../store/applySchema.ts'
import { createStore } from '../store/createStore.ts'
import { Transaction } from '../tx/transaction.ts'
import { keyEnd } from '../values/encodeKey.ts'
import { compileSearch } from './compileSearch.ts'

interface Note {
  text: string
  owner: string
  at: number
}
type Model = Map<string, Note>

const vocabulary = ['sun', 'sunny', 'sunset', 'moon', 'mood', 'rain', 'rainbow', 'wind']

/** BM25 once more, without an index, an overlay or a shortcut. */
function searchModel(model: Model, words: string[], owner: string | null): string[] {
  const documents = [...model].filter(([, note]) => (owner === null || note.owner === owner) && note.text !== '')
  const last = words.at(-1)
  const count = (text: string, word: string) =>
    text.split(' ').reduce((sum, other) => {
      if (other === word) return sum + 1
      return sum + (word === last && other.startsWith(word) ? 0.5 : 0)
    }, 0)
  const average = documents.reduce((sum, [, { text }]) => sum + text.split(' ').length, 0) / documents.length
  const scored = documents.map(([id, { text, at }]) => {
    let score = 0
    for (const word of new Set(words)) {
      const having = documents.filter(([, other]) => count(other.text, word) > 0).length
      const weight = Math.log(1 + (documents.length - having + 0.5) / (having + 0.5))
      const often = count(text, word)
      score += (weight * often * 2.2) / (often + 1.2 * (0.25 + (0.75 * text.split(' ').length) / average))
    }
    return { id, score, at }
  })
  const found = scored.filter(({ score }) => score > 0)
  return found.sort((a, b) => b.score - a.score || b.at - a.at).map(({ id }) => id)
}

it.each([1, 2, 3, 4, 5, 6])(
  '[TS5] [TS8] every search equals the model’s, and is stale when it must be, seed %i',
  (seed) => {
    const random = seededRandom(seed)
    const pick = (n: number) => Math.floor(random() * n)
    const clock = createFakeClock()
    const counters: Counters = {
      documentsRead: 0,
      indexRowsRead: 0,
      queriesRun: 0,
      mutationsRun: 0,
      mutationRetries: 0,
      commits: 0,
      cacheHits: 0,
    }
    const store = createStore({ path: ':memory:', clock, counters, durability: 'normal' })
    const searchIndexes = [{ indexDescriptor: 'by_text', searchField: 'text', filterFields: ['owner'] }]
    applySchema(store, '', { schemaValidation: false, tables: [{ tableName: 't', indexes: [], searchIndexes }] })
    const table = store.ensureTable('', 't')
    const begin = () =>
      new Transaction({ store, component: '', limits: defaultLimits, nowMs: clock.now(), countRead: () => {} })

    const words = (most: number) =>
      Array.from({ length: pick(most + 1) }, () => vocabulary[pick(vocabulary.length)] ?? '')
    const fields = () => ({ text: words(4).join(' '), owner: `o${pick(2)}` })
    const change = (tx: Transaction, model: Model) => {
      const [id, note] = [...model][pick(model.size)] ?? []
      const next = fields()
      if (id === undefined || !note || random() < 0.4) {
        const made = tx.insert('t', next)
        model.set(made, { ...next, at: Number(tx.get(table, made)?.value['_creationTime']) })
      } else if (random() < 0.6) {
        tx.patch(table, id, next)
        model.set(id, { ...note, ...next })
      } else {
        tx.remove(table, id)
        model.delete(id)
      }
    }
    const run = (tx: Transaction, wanted: string[], owner: string | null): string[] => {
      const filters = owner === null ? [] : [{ type: 'Eq' as const, fieldPath: 'owner', value: owner }]
      const text = { type: 'Search' as const, fieldPath: 'text', value: wanted.join(' ') }
      const search = compileSearch(table, 'by_text', [text, ...filters], true)
      const reader = tx.scan({ search, start: '', end: keyEnd, descending: false })
      const found: string[] = []
      for (let row = reader.next(); row; row = reader.next())
        found.push(String((JSON.parse(row.json) as JsonObject)['_id']))
      return found
    }

    const latest: Model = new Map()
    const commitSome = () => {
      const tx = begin()
      const next = new Map(latest)
      for (let i = pick(5); i >= 0; i--) change(tx, next)
      store.commit({ writes: tx.pending.writes() })
      tx.release()
      latest.clear()
      for (const [id, note] of next) latest.set(id, note)
      clock.advance(pick(3) === 0 ? 5_000 : 1)
    }
    let compared = 0
    for (let i = 0; i < 20; i++) commitSome()
    for (let round = 0; round < 60; round++) {
      const tx = begin()
      const seen = new Map(latest)
      for (let step = 0; step < 4; step++) {
        if (random() < 0.5) commitSome()
        // Only documents nobody else removed: a transaction that touched those would be refused at its commit anyway.
        if (random() < 0.5) change(tx, seen)
        if (random() < 0.3) {
          const point = tx.pending.savepoint()
          const before = new Map(seen)
          for (let i = 0; i < 3; i++) change(tx, seen)
          if (random() < 0.7) {
            point.rollback()
            seen.clear()
            for (const [id, note] of before) seen.set(id, note)
          } else point.commit()
        }
        const wanted = [...words(2), ['s', 'sun', 'rain', 'mo', 'wind'][pick(5)] ?? '']
        const owner = random() < 0.5 ? `o${pick(2)}` : null
        const found = run(tx, wanted, owner)
        expect(found, `${wanted.join(' ')} of ${owner}`).toEqual(searchModel(seen, wanted, owner))
        compared += found.length
      }
      tx.release()
    }
    expect(compared).toBeGreaterThan(500)

    // A reader is told of every commit that changes what it found, and not of every other.
    let undisturbed = 0
    for (let round = 0; round < 100; round++) {
      const tx = begin()
      const [wanted, owner] = [[vocabulary[pick(8)] ?? ''], random() < 0.5 ? 'o0' : null]
      const found = new Map(run(tx, wanted, owner).map((id) => [id, latest.get(id)?.text]))
      commitSome()
      const now = new Map(searchModel(latest, wanted, owner).map((id) => [id, latest.get(id)?.text]))
      const isSame = found.size === now.size && [...now].every(([id, text]) => found.get(id) === text)
      if (!isSame) expect(tx.isStale(), `${wanted.join(' ')} of ${owner}`).toBe(true)
      if (!tx.isStale()) undisturbed++
      tx.release()
    }
    expect(undisturbed).toBeGreaterThan(5)
    store.close()
  },
)
