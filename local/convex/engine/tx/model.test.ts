/** Readers at every age against a plain model, under random commits, own writes, savepoints and directions. */
import { expect, it } from 'vitest'
import { createFakeClock } from '../../../kernel/fakeClock.ts'
import { seededRandom } from '../../../kernel/seededRandom.ts'
import type { Counters } from '../backend.ts'
import { defaultLimits } from '../engineState.ts'
import { applySchema } from '../store/applySchema.ts'
import { createStore } from '../store/createStore.ts'
import { encodeKey, prefixEnd } from '../values/encodeKey.ts'
import { Transaction } from './transaction.ts'

type Model = Map<string, number>

it.each([1, 2, 3, 4, 5])('[TX2] [TX3] every scan equals the model’s, seed %i', (seed) => {
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
  applySchema(store, '', {
    schemaValidation: false,
    tables: [{ tableName: 't', indexes: [{ indexDescriptor: 'by_n', fields: ['n'] }] }],
  })
  const table = store.ensureTable('', 't')
  const index = table.indexes.find(({ name }) => name === 'by_n')
  if (!index) throw new Error('no index')
  const begin = () =>
    new Transaction({ store, component: '', limits: defaultLimits, nowMs: clock.now(), countRead: () => {} })

  const change = (tx: Transaction, model: Model) => {
    const ids = [...model.keys()]
    const id = ids[pick(ids.length)]
    const n = pick(40)
    if (id === undefined || random() < 0.4) model.set(tx.insert('t', { n }), n)
    else if (random() < 0.45) {
      tx.patch(table, id, { n })
      model.set(id, n)
    } else {
      tx.remove(table, id)
      model.delete(id)
    }
  }
  const check = (tx: Transaction, model: Model, interrupt: () => void) => {
    const [low, high] = [pick(40), pick(45)]
    const descending = random() < 0.5
    const reader = tx.scan({ index, start: encodeKey(low), end: prefixEnd(encodeKey(Math.max(low, high))), descending })
    const expected = [...model].filter(([, n]) => n >= low && n <= Math.max(low, high)).map(([, n]) => n)
    expected.sort((a, b) => (descending ? b - a : a - b))
    const seen: number[] = []
    let interrupts = 0
    for (let row = reader.next(); row; row = reader.next()) {
      seen.push(Number((JSON.parse(row.json) as { n: number }).n))
      if (interrupts < 2 && random() < 0.2) {
        interrupts++
        interrupt()
      }
    }
    expect(seen).toEqual(expected)
    for (const [id, n] of [...model].slice(0, 3)) expect(tx.get(table, id)?.value['n']).toBe(n)
  }

  const latest: Model = new Map()
  const commitSome = () => {
    const tx = begin()
    const next = new Map(latest)
    for (let i = pick(6); i >= 0; i--) change(tx, next)
    store.commit({ writes: tx.pending.writes() })
    tx.release()
    latest.clear()
    for (const [id, n] of next) latest.set(id, n)
    clock.advance(pick(3) === 0 ? 5_000 : 1)
  }
  for (let i = 0; i < 30; i++) commitSome()
  for (let round = 0; round < 40; round++) {
    const tx = begin()
    const seen = new Map(latest)
    for (let step = 0; step < 6; step++) {
      if (random() < 0.5) commitSome()
      // Only documents nobody else removed: a transaction that touched those would be refused at its commit anyway.
      if (random() < 0.6) change(tx, seen)
      if (random() < 0.3) {
        const point = tx.pending.savepoint()
        const before = new Map(seen)
        for (let i = 0; i < 3; i++) change(tx, seen)
        if (random() < 0.7) {
          point.rollback()
          seen.clear()
          for (const [id, n] of before) seen.set(id, n)
        } else point.commit()
      }
      check(tx, seen, commitSome)
    }
    tx.release()
  }
  store.close()
})
