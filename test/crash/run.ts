/** `npm run test:crash -- --kills N --seed S [--strict]`: prints the counts and one last line; exits 1 when anything is wrong. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildWeb } from '../../local/stack/buildWeb.ts'
import { root } from '../../local/stack/createStack.ts'
import { isClean, runCrash, summarize } from './runCrash.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    strict: { type: 'boolean', default: false },
    /** Keeps the data folder, to look at logs and databases afterwards. */
    keep: { type: 'boolean', default: false },
  },
})
const dataDir = mkdtempSync(join(tmpdir(), 'nightshift-crash-'))
const profile = values.strict ? 'strict' : 'friendly'
console.log(`seed ${values.seed}, ${values.kills} kills, ${profile} profile, data in ${dataDir}`)

if (await buildWeb(root, join(dataDir, 'logs', 'build.log'))) console.log('built the web app')

const result = await runCrash({
  kills: Number(values.kills),
  seed: Number(values.seed),
  profile,
  dataDir,
  report: (line) => console.log(line),
})
const list = (counts: Record<string, number>) =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
console.log(`kills by phase: ${list(result.killsByPhase)}`)
console.log(`kills by part: ${list(result.killsByPart)}`)
console.log(`fewest turns in flight at a kill: ${result.fewestInFlight}`)
console.log(`model calls that kills may have hit: ${result.killsOfModelCalls}`)
console.log(`what was done: ${list(result.done)}`)
for (const finding of result.findings) {
  console.log(`${finding.kind}: message ${finding.messageId} in thread ${finding.threadId}: ${finding.detail}`)
}
for (const fault of result.screenFaults) console.log(`mixed on the screen: ${fault}`)
const clean = isClean(result)
if (clean && !values.keep) rmSync(dataDir, { recursive: true })
else console.log(`data kept in ${dataDir}`)
console.log(summarize(result))
process.exit(clean ? 0 : 1)
