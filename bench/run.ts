/** `npm run bench [-- --quick]`: the product and the old design side by side, in one run. Prints a table; writes bench/results/bench.json and docs/bench.svg. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startStack } from '../local/stack/createStack.ts'
import { measureOldDesign, measureProduct, TOKENS_PER_SECOND } from './measureLoad.ts'
import { createPeople } from './people.ts'
import { startOldDesign } from './startOldDesign.ts'

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const dataDir = mkdtempSync(join(tmpdir(), 'nightshift-bench-'))
const stack = await startStack({
  dataDir,
  port: 0,
  env: {
    LOCAL_MODEL_TTFT_MS: '150',
    LOCAL_MODEL_TPS: String(TOKENS_PER_SECOND),
    RATE_LIMIT_PER_MINUTE: '100000',
    RATE_LIMIT_BURST: '10000',
  },
})
console.log(new Date().toISOString(), 'stack up')
const old = await startOldDesign(stack.ports.web + 7, stack.urls.model, join(dataDir, 'logs', 'old.log'))
try {
  const people = await createPeople(stack, 20)
  console.log(new Date().toISOString(), 'warm', values)
  await measureProduct(stack, people, { atOnce: 3, rounds: 1, words: 20 })
  await measureOldDesign(old, stack, { atOnce: 3, rounds: 1, words: 20 })
  console.log(new Date().toISOString(), 'warmed')
  for (const load of [
    { atOnce: 1, rounds: 5, words: 60 },
    { atOnce: 20, rounds: 1, words: 240 },
  ]) {
    console.log(JSON.stringify(await measureOldDesign(old, stack, load), null, 1))
    console.log(JSON.stringify(await measureProduct(stack, people, load), null, 1))
  }
} finally {
  await old.stop()
  await stack.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
process.exit(0)
