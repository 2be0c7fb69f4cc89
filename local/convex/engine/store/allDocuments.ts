/** Every document of a table in the latest state, read in batches. */
import type { JsonObject } from '../backend.ts'
import { type Key, keyAfter, keyEnd } from '../values/encodeKey.ts'
import type { Table } from './catalog.ts'
import type { Store } from './createStore.ts'

const BATCH = 1_000

/** `key` is that of the document's id. */
export function* allDocuments(store: Store, table: Table): Generator<{ key: Key; document: JsonObject }> {
  let start: Key = ''
  for (;;) {
    const rows = store.readRange(table.byId, start, keyEnd, false, BATCH)
    for (const { key, json } of rows) yield { key, document: JSON.parse(json) as JsonObject }
    const last = rows[rows.length - 1]
    if (!last || rows.length < BATCH) return
    start = keyAfter(last.key)
  }
}
