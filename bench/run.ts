/**
 * `npm run bench [-- --quick]`: the product and the old design side by side, in one run. Prints tables; writes
 * bench/results/bench.json, bench.txt and docs/bench.svg (with --quick only bench/results/bench-quick.json).
 * `npm run bench -- --page [--quick]`: only the page in a browser (bench/page); writes bench/results/page.json and page.txt.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Stack, startStack } from '../local/stack/createStack.ts'
import { chromiumHint, findChromium } from '../scripts/findChromium.ts'
import { resultsPath, writePicture } from './drawPicture.ts'
import { measureContexts } from './measureContext.ts'
import { type HandOffResults, measureHandOffs } from './measureHandOffs.ts'
import { measureLengths } from './measureLength.ts'
import { type Load, measureOldDesign, measureProduct, TOKENS_PER_SECOND } from './measureLoad.ts'
import { measureThreads } from './measureThread.ts'
import { measureWaits, type WaitCost } from './measureWaits.ts'
import { judgePage } from './page/judgePage.ts'
import { measurePage, type PageResults } from './page/measurePage.ts'
import { printPage } from './page/printPage.ts'
import { type BenchPerson, createPeople } from './people.ts'
import { printAims, printResults } from './printResults.ts'
import type { Lengths, Pair, Results } from './results.ts'
import { seedWaits } from './seedWaits.ts'
import { startOldDesign } from './startOldDesign.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    /** Keeps the data folders, to look at logs afterwards. */
    keep: { type: 'boolean', default: false },
  },
})
const TTFT_MS = 150
const FLUSH_MS = 50
const SLOW_FLUSH_MS = 250

const loads: Load[] = values.quick
  ? [
      { atOnce: 1, rounds: 3, words: 40 },
      { atOnce: 20, rounds: 1, words: 150 },
    ]
  : [
      { atOnce: 1, rounds: 9, words: 60 },
      { atOnce: 20, rounds: 2, words: 240 },
      { atOnce: 100, rounds: 1, words: 240 },
    ]
/** One eight times the other. */
const lengthsInWords = values.quick ? [50, 400] : [100, 800]
const threadLengths = [10, 100, 10_000]
const handOffRounds = values.quick ? 2 : 9
const contexts = [
  { turns: 50, hasSummary: false },
  { turns: 10_000, hasSummary: false },
  { turns: 10_000, hasSummary: true },
]
const openWaits = values.quick ? [0, 1_000] : [0, 10_000]
const waiting = values.quick ? { idleMs: 10_000, rounds: 3 } : { idleMs: 30_000, rounds: 9 }
const warmUp: Load = { atOnce: 4, rounds: 2, words: 20 }

const startedAt = Date.now()
const say = (text: string) => console.log(`${((Date.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${text}`)
const folders: string[] = []

function makeFolder(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'nightshift-bench-'))
  folders.push(dataDir)
  return dataDir
}

async function withStack<T>(
  settings: Record<string, string>,
  use: (stack: Stack) => Promise<T>,
  dataDir = makeFolder(),
): Promise<T> {
  const env = {
    LOCAL_MODEL_TTFT_MS: String(TTFT_MS),
    LOCAL_MODEL_TPS: String(TOKENS_PER_SECOND),
    // One machine is everybody here.
    RATE_LIMIT_PER_MINUTE: '100000',
    RATE_LIMIT_BURST: '10000',
    ...settings,
  }
  const stack = await startStack({ dataDir, port: 0, env })
  try {
    return await use(stack)
  } finally {
    await stack.stop()
  }
}

async function measureLoads(
  stack: Stack,
  people: readonly BenchPerson[],
): Promise<{ pairs: Pair[]; handOffs: HandOffResults }> {
  const old = await startOldDesign(stack.ports.web + 7, stack.urls.model, join(stack.dataDir, 'logs', 'old.log'))
  try {
    await measureOldDesign(old, stack, warmUp)
    await measureProduct(stack, people, warmUp)
    const [person] = people
    if (!person) throw new Error('There is nobody to ask.')
    say(`replies that call a tool ten times, ${handOffRounds} of each design`)
    const handOffs = await measureHandOffs({ old, stack, person }, handOffRounds)
    const pairs: Pair[] = []
    for (const load of loads) {
      say(`${load.atOnce} at once, old design`)
      const measured = await measureOldDesign(old, stack, load)
      say(`${load.atOnce} at once, ours`)
      pairs.push({ old: measured, product: await measureProduct(stack, people, load) })
    }
    return { pairs, handOffs }
  } finally {
    await old.stop()
  }
}

async function measureAllLengths(stack: Stack, people: readonly BenchPerson[], flushMs: number): Promise<Lengths> {
  say(`replies of ${lengthsInWords.join(' and ')} words, flush ${flushMs} ms`)
  const costs = await measureLengths(stack, people, lengthsInWords)
  return { flushMs, checkpointing: costs.every(({ checkpointing }) => checkpointing), costs }
}

async function measureOpenWaits(count: number): Promise<WaitCost> {
  say(`${count} open waits`)
  const dataDir = makeFolder()
  const seeded = await seedWaits(dataDir, count)
  return withStack(
    {},
    async (stack) => {
      const [person] = await createPeople(stack, 1)
      if (!person) throw new Error('There is nobody to ask.')
      return measureWaits(stack, person, seeded, waiting)
    },
    dataDir,
  )
}

async function bench(): Promise<Results> {
  const [loadAtStart = 0] = loadavg()
  say('starting everything')
  const [{ pairs, handOffs }, quickFlush] = await withStack({ TEXT_FLUSH_MS: String(FLUSH_MS) }, async (stack) => {
    const people = await createPeople(stack, Math.max(...loads.map(({ atOnce }) => atOnce)))
    return [await measureLoads(stack, people), await measureAllLengths(stack, people, FLUSH_MS)] as const
  })
  say('starting again, with the flush of paid Convex and without checkpoints')
  const slower = { TEXT_FLUSH_MS: String(SLOW_FLUSH_MS), INNGEST_CHECKPOINTING: '0' }
  const slowFlush = await withStack(slower, async (stack) => {
    const people = await createPeople(stack, warmUp.atOnce)
    await measureProduct(stack, people, warmUp)
    return measureAllLengths(stack, people, SLOW_FLUSH_MS)
  })
  say(`opening threads of ${threadLengths.join(', ')} messages`)
  const threads = await measureThreads(threadLengths)
  say(`contexts in threads of ${contexts.map(({ turns }) => turns).join(', ')} turns`)
  const contextCosts = await measureContexts(contexts)
  const waits: WaitCost[] = []
  for (const count of openWaits) waits.push(await measureOpenWaits(count))
  const page = findChromium() ? await measurePage({ quick: values.quick, say }) : undefined
  if (!page) say(`the page is not measured. ${chromiumHint}`)
  const [loadAtEnd = 0] = loadavg()
  return {
    at: new Date().toISOString(),
    quick: values.quick,
    machine: { node: process.version, processors: availableParallelism(), loadAtStart, loadAtEnd },
    settings: { ttftMs: TTFT_MS, tokensPerSecond: TOKENS_PER_SECOND, flushMs: FLUSH_MS },
    loads: pairs,
    lengths: [quickFlush, slowFlush],
    threads,
    handOffs,
    contexts: contextCosts,
    waits,
    ...(page ? { page } : {}),
  }
}

function savePage(page: PageResults, text: string): string {
  const path = join(dirname(resultsPath), values.quick ? 'page-quick.json' : 'page.json')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(page, null, 2)}\n`)
  if (!values.quick) writeFileSync(path.replace('.json', '.txt'), `${text}\n`)
  return path
}

async function benchPage(): Promise<void> {
  const page = await measurePage({ quick: values.quick, say })
  const text = `${printPage(page)}\n\n${printAims(judgePage(page)).join('\n')}`
  console.log(`\n${text}\n`)
  say(`written to ${savePage(page, text)}`)
}

async function benchAll(): Promise<void> {
  const results = await bench()
  console.log(`\n${printResults(results)}\n`)
  say(`written to ${save(results)}`)
}

function save(results: Results): string {
  const path = values.quick ? resultsPath.replace('bench.json', 'bench-quick.json') : resultsPath
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`)
  if (values.quick) return path
  writeFileSync(path.replace('.json', '.txt'), `${printResults(results)}\n`)
  writePicture(results)
  return path
}

let code = 1
try {
  await (values.page ? benchPage() : benchAll())
  code = 0
} catch (error) {
  console.error(error)
} finally {
  if (values.keep || code !== 0) console.log(`data kept in ${folders.join(' and ')}`)
  else for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}
process.exit(code)
