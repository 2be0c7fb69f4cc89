/** The local Convex-compatible backend as a process; its environment is in the contract between the parts. */
import { resolve } from 'node:path'
import { createLog } from '../kernel/log.ts'
import { readProfile, requireEnv, runServer } from '../kernel/runServer.ts'
import { seededRandom } from '../kernel/seededRandom.ts'
import type { Backend } from './engine/backend.ts'
import { createBackend } from './engine/createBackend.ts'
import { readFunctionEnv, watchFunctionEnv } from './functionEnv.ts'
import { createConvexServer } from './server.ts'

const log = createLog('convex')

function readPort(name: string): number {
  const port = Number(requireEnv(name))
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${name} is not a port number.`)
  return port
}

async function deploy(backend: Backend, folder: string): Promise<void> {
  const report = await backend.deployFromFolder(folder)
  if (!report.ok)
    throw new Error(`The functions in ${folder} could not be loaded: ${report.message ?? 'no reason given'}`)
  log.info('deployed', { folder, functions: report.functions.length, durationMs: report.durationMs })
}

async function start() {
  const functions = resolve(process.env['CONVEX_FUNCTIONS'] ?? './convex')
  const envFile = process.env['CONVEX_FUNCTION_ENV']
  const profile = readProfile()
  const backend = await createBackend({ storage: resolve(requireEnv('CONVEX_DATA')), profile, log })
  const server = await createConvexServer({
    backend,
    port: readPort('CONVEX_PORT'),
    sitePort: readPort('CONVEX_SITE_PORT'),
    adminKey: requireEnv('CONVEX_ADMIN_KEY'),
    log,
    // Nothing is answered before the functions are there; the ports are taken first, so that a taken one is told at once.
    isOpen: false,
    ...(profile === 'strict' ? { faults: seededRandom(Number(process.env['CONVEX_SEED'] ?? 1)) } : {}),
  })
  const setEnvironment = (env: Record<string, string>) =>
    backend.setEnvironment({ ...env, CONVEX_CLOUD_URL: server.url, CONVEX_SITE_URL: server.siteUrl })
  setEnvironment(envFile ? readFunctionEnv(envFile) : {})
  await deploy(backend, functions)
  const stopWatching = backend.watchFolder(functions)
  const stopEnv = envFile ? watchFunctionEnv(envFile, log, setEnvironment) : () => {}
  server.open()
  log.info('ready', { url: server.url, siteUrl: server.siteUrl })
  return {
    async close() {
      stopEnv()
      stopWatching()
      await server.close()
      await backend.close()
    },
  }
}

await runServer(log, start)
