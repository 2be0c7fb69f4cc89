/** The life of `npm start` and `npm run dev`: start, say where, stay until told to stop, leave nothing behind. */
import { resolve } from 'node:path'
import { readProfile } from '../local/kernel/runServer.ts'
import { buildWeb, isBuilt } from '../local/stack/buildWeb.ts'
import { chooseServices, type Settings } from '../local/stack/chooseServices.ts'
import { type PartName, root, type Stack, startStack } from '../local/stack/createStack.ts'
import { describeEvent, describeStack } from '../local/stack/describeStack.ts'
import { readSettings } from '../local/stack/readSettings.ts'
import { StackError } from '../local/stack/stackError.ts'
import { say, withProgress } from './progress.ts'

function readPort(settings: Settings): number {
  const port = Number(settings['PORT'] || 3000)
  // The highest other port is Inngest's, 5288 above the app's.
  if (!Number.isInteger(port) || port < 1 || port > 60_000) {
    throw new StackError(`PORT is "${settings['PORT']}"; it must be a number from 1 to 60000.`)
  }
  return port
}

function exitWith(error: unknown): never {
  const text = error instanceof StackError ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`\n${text}\n`)
  process.exit(1)
}

async function start(mode: 'start' | 'dev'): Promise<Stack> {
  const settings = readSettings(root, process.env)
  const port = readPort(settings)
  const dataDir = settings['DATA_DIR'] || '.data'
  chooseServices(settings) // Refuses what cannot work before a build is paid for.
  if (mode === 'start' && !isBuilt(root)) {
    await withProgress('building the web app', () => buildWeb(root, resolve(root, dataDir, 'logs/build.log')))
  }
  const served = new Set<PartName>()
  return withProgress('starting', () =>
    startStack({
      dataDir,
      port,
      profile: readProfile(settings),
      env: settings,
      mode,
      onEvent(part, event) {
        const line = describeEvent(part, event, !served.has(part))
        if (event.kind === 'serving') served.add(part)
        if (line) say(`${new Date().toLocaleTimeString('en-GB')}  ${line}`)
      },
    }),
  )
}

/** `onReady` may add to a running stack (watching, in development); what it returns is called before the stop. */
export async function runStack(
  mode: 'start' | 'dev',
  onReady: (stack: Stack) => () => void = () => () => {},
): Promise<void> {
  let stack: Stack | undefined
  let finish = () => {}
  let isStopping = false

  async function stop(reason: string): Promise<void> {
    if (isStopping) return
    isStopping = true
    say(`\nstopping (${reason}) …`)
    finish()
    // Before it is up there is nothing to stop gently: the parts end when this process does.
    await stack?.stop()
    say('stopped')
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void stop(signal).catch(exitWith))
  // Started by bootstrap.mjs over a channel: when that process is killed, nobody could stop us any more.
  if (process.connected) process.on('disconnect', () => void stop('its parent is gone').catch(exitWith))

  try {
    stack = await start(mode)
  } catch (error) {
    if (!isStopping) exitWith(error)
    return
  }
  say(`\n${describeStack(stack)}\n`)
  finish = onReady(stack)
  say(`ready  ${stack.urls.web}`)
}
