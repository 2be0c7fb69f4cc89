/**
 * The first thing every npm script runs, under whatever Node (>= 20) the machine has and with nothing installed:
 * installs the packages when they are missing or package-lock.json changed, fetches the pinned Node when the
 * machine's is older, then runs the wanted script under it: `node scripts/bootstrap.mjs start --flag`.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE_VERSION = '24.21.0'
/** The first Node whose type stripping and node:sqlite the project needs. */
const OLDEST_NODE = [24, 12]

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const lockMarker = join(root, 'node_modules', '.nightshift-lock')
const pinnedNode = join(
  root,
  '.runtime',
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)

const say = (text) => process.stderr.write(`${text}\n`)

function fail(text) {
  say(text)
  process.exit(1)
}

const readJson = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined)

/** True when what npm wrote down as installed is what the lock file asks for (an `npm ci` by hand counts too). */
function isInstalledAsLocked() {
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages
  const locked = readJson(join(root, 'package-lock.json'))?.packages
  if (!installed || !locked) return false
  return Object.entries(locked).every(([path, wanted]) => {
    if (path === '') return true
    const found = installed[path]
    // Packages for other platforms are in the lock file and rightly not installed.
    return found ? found.version === wanted.version : wanted.optional === true || wanted.peer === true
  })
}

/** Runs npm quietly, with a line every ten seconds: a first install on a slow line takes minutes. */
function runNpm(what, args) {
  const startedAt = Date.now()
  const seconds = () => Math.round((Date.now() - startedAt) / 1000)
  say(`${what} …`)
  const output = []
  const child = spawn('npm', args, {
    cwd: root,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => output.push(data))
  const ticker = setInterval(() => say(`${what} … ${seconds()} s`), 10_000)
  return new Promise((resolve) => {
    child.on('error', (error) => fail(`Cannot run npm: ${error.message}. Install Node.js with npm, then try again.`))
    child.on('close', (code) => {
      clearInterval(ticker)
      if (code !== 0)
        fail(`${Buffer.concat(output)}\n\`npm ${args.join(' ')}\` failed (exit ${code}). Look at the lines above.`)
      say(`${what}: done in ${seconds()} s`)
      resolve()
    })
  })
}

async function installPackages() {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(lockMarker) && readFileSync(lockMarker, 'utf8') === hash) return
  // Not `npm ci`: it refuses a lock file that was written on one platform for lacking the optional packages of the others.
  // `install` takes the same versions, checks the same hashes, and with `--no-save` leaves both files alone.
  if (!isInstalledAsLocked()) await runNpm('installing packages', ['install', '--no-save', '--include=dev'])
  writeFileSync(lockMarker, hash)
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
}

/** The Node to go on under: this one, or the pinned one from the package registry. */
async function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath
  const works = () => {
    const { stdout } = spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' })
    return typeof stdout === 'string' && stdout.trim() === `v${NODE_VERSION}`
  }
  if (!existsSync(pinnedNode) || !works()) {
    const what = `fetching Node ${NODE_VERSION} (this machine has ${process.versions.node})`
    await runNpm(what, ['install', '--prefix', '.runtime', '--no-save', '--no-package-lock', `node@${NODE_VERSION}`])
    if (!works())
      fail(
        `The Node that was fetched does not run here: ${pinnedNode}. Install Node ${NODE_VERSION} yourself, then try again.`,
      )
  }
  return pinnedNode
}

/** The file to run: `start` is scripts/start.ts, `bench/run` is bench/run.ts. */
function findScript(name) {
  const path = join(root, name.includes('/') ? `${name}.ts` : join('scripts', `${name}.ts`))
  if (!existsSync(path)) fail(`There is no script "${name}" (${path}).`)
  return path
}

const [name, ...args] = process.argv.slice(2)
if (!name) fail('Say which script to run: node scripts/bootstrap.mjs <start|dev|check|test|…>')
if (!isNewEnough(process.versions.node) && Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Node ${process.versions.node} is too old even to fetch a newer one. Install Node 20 or later.`)
}

await installPackages()
const node = await findNode()
const script = findScript(name)
const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...args], {
  // The caller's folder stays: a script may be given a path. Everything of ours is found from the script's own place.
  // The channel tells the script when this process is killed outright.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
})
child.on('error', (error) => fail(`Cannot run ${node}: ${error.message}`))
// Ctrl-C reaches the whole terminal group by itself; a signal to this process alone is handed on.
// In both cases the script decides when to end, and its end is ours.
process.on('SIGINT', () => {})
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
// npm hands SIGTERM on (the scripts in package.json say `exec`, so that no shell stands between), but killed outright it
// cannot: then our parent is another. Only under npm: whoever starts this file by hand may leave it running.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref()
}
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
