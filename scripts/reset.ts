/** `npm run reset`: deletes the local state, after saying what and asking. `--yes` asks nothing. */
import { existsSync, lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { root } from '../local/stack/createStack.ts'
import { lockDataDir } from '../local/stack/lockDataDir.ts'
import { readSettings } from '../local/stack/readSettings.ts'
import { StackError } from '../local/stack/stackError.ts'
import { say } from './progress.ts'

/** Only what the product writes: DATA_DIR may, by mistake, be somebody's home. */
const ours =
  /^(clerk|convex|inngest|model|keys|logs|convex-functions\.json(\.draft)?|running\.json|lock\.sqlite(-wal|-shm)?)$/

const meanings: Record<string, string> = {
  clerk: 'people, their sign-ins and the keys of the local Clerk',
  convex: 'threads, messages, everything in the database',
  inngest: 'events and runs of the durable functions',
  model: 'the journal of requests to the local model',
  keys: 'keys between the parts (a real Convex deployment that trusts them must be told the new ones: npm run doctor)',
  logs: 'logs',
}

function measure(path: string): number {
  const stat = lstatSync(path)
  if (!stat.isDirectory()) return stat.size
  return readdirSync(path).reduce((sum, name) => sum + measure(join(path, name)), 0)
}

async function confirm(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    say('Nothing was deleted: there is nobody to ask. Run it with --yes.')
    return false
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question('Delete all of this? [y/N] ')
  terminal.close()
  return /^y(es)?$/i.test(answer.trim())
}

const dataDir = resolve(root, readSettings(root, process.env)['DATA_DIR'] || '.data')
const list = () => (existsSync(dataDir) ? readdirSync(dataDir).filter((name) => ours.test(name)) : [])
if (list().length === 0) {
  say(`There is nothing to delete in ${dataDir}.`)
  process.exit(0)
}
try {
  // Refuses while a copy runs on this folder, and ends what a killed one left running.
  lockDataDir(dataDir, root).release()
} catch (error) {
  if (!(error instanceof StackError)) throw error
  say(error.message)
  process.exit(1)
}
const found = list()
say(`In ${dataDir}:`)
for (const name of found) {
  const size = (measure(join(dataDir, name)) / 1024 / 1024).toFixed(1)
  if (meanings[name]) say(`  ${name.padEnd(8)} ${size.padStart(8)} MB  ${meanings[name]}`)
}
if (!process.argv.includes('--yes') && !(await confirm())) process.exit(1)
for (const name of found) rmSync(join(dataDir, name), { recursive: true, force: true })
if (readdirSync(dataDir).length === 0) rmdirSync(dataDir)
say('Deleted. `npm start` begins afresh.')
