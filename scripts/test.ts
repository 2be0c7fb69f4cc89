/**
 * `npm test`: every ring of tests, quickest first, and one plain line at the end.
 * `npm test -- stack browser` runs some rings; `npm test -- --watch` watches the two quick ones.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildWeb, isBuilt } from '../local/stack/buildWeb.ts'
import { root } from '../local/stack/createStack.ts'
import { StackError } from '../local/stack/stackError.ts'
import { chromiumHint, ensureChromium } from './findChromium.ts'
import { say, withProgress } from './progress.ts'
import { runTool } from './runTool.ts'
import { type RingResult, readRing, ringDidNotRun, summarize } from './sumResults.ts'

const rings = ['decisions', 'contract', 'stack', 'browser', 'outage', 'crash'] as const
type Ring = (typeof rings)[number]

/** Most tests wait for something rather than compute: two cores carry more than one file at a time. The last two rings end what others use. */
const workers: Record<Ring, number> = { decisions: 2, contract: 3, stack: 2, browser: 3, outage: 1, crash: 1 }
const needBuild = new Set<Ring>(['stack', 'browser', 'outage', 'crash'])
const needBrowser: readonly Ring[] = ['browser', 'outage']

const results = join(root, 'test-results')
const isRing = (name: string): name is Ring => rings.some((ring) => ring === name)

async function runRing(ring: Ring): Promise<RingResult> {
  const output = join(results, `${ring}.json`)
  rmSync(output, { force: true })
  say(`\n── ${ring} ──`)
  const args = [
    'run',
    '--project',
    ring,
    `--maxWorkers=${workers[ring]}`,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${output}`,
  ]
  const { code } = await runTool('vitest', args, { shown: true })
  return readRing(ring, existsSync(output) ? readFileSync(output, 'utf8') : undefined, code)
}

/** The rings that start the product need it built, the browser rings also a browser. The reason why one cannot run, or nothing. */
async function prepare(wanted: Ring[]): Promise<Map<Ring, string>> {
  const cannot = new Map<Ring, string>()
  const slow = wanted.filter((ring) => needBuild.has(ring))
  if (wanted.some((ring) => needBrowser.includes(ring))) {
    const chromium = await ensureChromium()
    if (chromium) process.env['CHROMIUM_PATH'] = chromium
    else for (const ring of needBrowser) cannot.set(ring, chromiumHint)
  }
  if (slow.length > 0 && !isBuilt(root)) {
    try {
      await withProgress('building the web app', () => buildWeb(root, join(results, 'build.log')))
    } catch (error) {
      if (!(error instanceof StackError)) throw error
      say(error.message)
      for (const ring of slow) cannot.set(ring, 'the web app does not build, see above')
    }
  }
  return cannot
}

const args = process.argv.slice(2)
if (args.includes('--watch')) {
  const { code } = await runTool('vitest', ['--project', 'decisions', '--project', 'contract'], { shown: true })
  process.exit(code)
}
const unknown = args.filter((arg) => !isRing(arg))
if (unknown.length > 0) {
  say(`Unknown: ${unknown.join(' ')}. The rings are ${rings.join(', ')}; --watch watches the quick ones.`)
  process.exit(2)
}
const wanted = args.length > 0 ? rings.filter((ring) => args.includes(ring)) : [...rings]

mkdirSync(results, { recursive: true })
const startedAt = performance.now()
const cannot = await prepare(wanted)
const done: RingResult[] = []
for (const ring of wanted) {
  const why = cannot.get(ring)
  done.push(why === undefined ? await runRing(ring) : ringDidNotRun(ring, why))
}
const { lines, failed } = summarize(done)
say(
  `\n${done.map(({ ring, passed, failed: bad }) => `${ring} ${passed}${bad > 0 ? ` (${bad} failed)` : ''}`).join(', ')}`,
)
say(`took ${Math.round((performance.now() - startedAt) / 1000)} s`)
for (const line of lines) say(line)
process.exit(failed === 0 ? 0 : 1)
