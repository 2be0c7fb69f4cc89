/** `npm run doctor`: when it does not start. Each line is ok, or says what to do. Exits 1 when something has to be done. */
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { computePorts, isPortFree } from '../local/stack/choosePorts.ts'
import type { Settings } from '../local/stack/chooseServices.ts'
import { DEFAULT_SERVICE_ISSUER } from '../local/stack/computeEnvironment.ts'
import { root } from '../local/stack/createStack.ts'
import { type RunningFile, readRunning } from '../local/stack/lockDataDir.ts'
import { readCommandLine } from '../local/stack/processGroup.ts'
import { readSettings } from '../local/stack/readSettings.ts'
import { computeServiceJwks, loadOrCreateStackKeys } from '../local/stack/stackKeys.ts'
import { checkSettings, type Finding } from './checkSettings.ts'
import { chromiumHint, findChromium } from './findChromium.ts'
import { probeServices } from './probeServices.ts'
import { say } from './progress.ts'

const ok = (area: string, text: string): Finding => ({ area, ok: true, text })
const bad = (area: string, text: string): Finding => ({ area, ok: false, text })

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isNew = major > 24 || (major === 24 && minor >= 12)
  return isNew
    ? ok('node', process.versions.node)
    : bad('node', `${process.versions.node} is too old. Run it as \`npm run doctor\`, which fetches Node 24.`)
}

const isAlive = (pid: number) => readCommandLine(pid) !== undefined

function checkDataDir(dataDir: string, running: RunningFile | undefined): Finding[] {
  if (!existsSync(dataDir)) return [ok('state', `${dataDir} is made at the first start`)]
  const findings: Finding[] = []
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK)
  } catch {
    return [bad('state', `${dataDir} cannot be written. Change its owner, or set DATA_DIR.`)]
  }
  const keys = join(dataDir, 'keys')
  if (existsSync(keys) && (statSync(keys).mode & 0o077) !== 0)
    findings.push(bad('state', `${keys} can be read by others. Run: chmod -R go= ${keys}`))
  if (!running) return [...findings, ok('state', `${dataDir}, no copy running on it`)]
  if (isAlive(running.launcher))
    return [...findings, ok('state', `${dataDir}, in use by process ${running.launcher} at ${running.url}`)]
  const left = Object.entries(running.groups).filter(([, pid]) => isAlive(pid))
  if (left.length === 0)
    return [...findings, ok('state', `${dataDir}; the last copy was killed, the next start cleans up`)]
  const names = left.map(([name, pid]) => `${name} (process ${pid})`).join(', ')
  return [...findings, bad('state', `A killed copy left ${names} running. \`npm start\` ends them.`)]
}

async function checkPorts(port: number, isRunning: boolean): Promise<Finding[]> {
  const fixed = new Set(['web', 'clerk'])
  const checks = Object.entries(computePorts(port)).map(async ([name, each]): Promise<Finding> => {
    if (await isPortFree(each)) return ok('ports', `${each} (${name}) is free`)
    if (isRunning) return ok('ports', `${each} (${name}) is in use, a copy of this product is running`)
    if (!fixed.has(name)) return ok('ports', `${each} (${name}) is taken; it will move to the next free one`)
    return bad('ports', `${each} (${name}) is taken by another program. Stop that program, or set PORT.`)
  })
  return Promise.all(checks)
}

/** What a real Convex deployment has to be told, once. */
function explainConvex(settings: Settings, dataDir: string): string[] {
  const key = settings['CONVEX_SERVICE_PRIVATE_KEY'] || loadOrCreateStackKeys(dataDir).servicePrivateKey
  return [
    'The Convex deployment needs these variables (once):',
    `  npx convex env set SERVICE_ISSUER ${settings['SERVICE_ISSUER'] || DEFAULT_SERVICE_ISSUER}`,
    `  npx convex env set SERVICE_JWKS '${computeServiceJwks(key)}'`,
    '  npx convex env set CLERK_JWT_ISSUER_DOMAIN <the issuer of your Clerk instance>',
    '  npx convex env set INNGEST_EVENT_KEY <the event key>',
    ...(settings['INNGEST_BASE_URL'] ? [`  npx convex env set INNGEST_EVENT_API ${settings['INNGEST_BASE_URL']}`] : []),
    ...(settings['CONVEX_SERVICE_PRIVATE_KEY']
      ? []
      : [
          `A deployed app needs CONVEX_SERVICE_PRIVATE_KEY too: the value of "servicePrivateKey" in ${join(dataDir, 'keys', 'stack.json')}`,
        ]),
  ]
}

const settings = readSettings(root, process.env)
const dataDir = resolve(root, settings['DATA_DIR'] || '.data')
const running = readRunning(dataDir)
const isRunning = running !== undefined && isAlive(running.launcher)
const written = checkSettings(settings)
const chromium = findChromium()

const findings: Finding[] = [
  checkNode(),
  ...checkDataDir(dataDir, running),
  ...(await checkPorts(Number(settings['PORT'] || 3000), isRunning)),
  chromium ? ok('tests', `browser ${chromium}`) : bad('tests', chromiumHint),
  ...written,
  // Asking a service with settings that are wrong in themselves would only say the same again, less clearly.
  ...(written.every((finding) => finding.ok) ? await probeServices(settings) : []),
]
for (const finding of findings) say(`${finding.ok ? 'ok ' : 'FIX'}  ${finding.area.padEnd(8)} ${finding.text}`)
if (settings['CONVEX_URL'] || settings['NEXT_PUBLIC_CONVEX_URL'])
  for (const line of explainConvex(settings, dataDir)) say(line)
const wrong = findings.filter((finding) => !finding.ok).length
say(wrong === 0 ? '\nAll is well.' : `\n${wrong} to fix.`)
process.exit(wrong === 0 ? 0 : 1)
