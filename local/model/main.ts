/** The process of the local model: reads its environment, serves until it is told to stop. */
import { systemClock } from '../kernel/clock.ts'
import { createLog } from '../kernel/log.ts'
import { readProfile, requireEnv, runServer } from '../kernel/runServer.ts'
import { createModelServer } from './createModelServer.ts'
import { readPace } from './readPace.ts'

const log = createLog('model')

await runServer(log, async () => {
  const server = await createModelServer({
    port: Number(requireEnv('MODEL_PORT')),
    journalPath: requireEnv('MODEL_JOURNAL'),
    clock: systemClock,
    log,
    profile: readProfile(),
    ...readPace(process.env),
  })
  log.info('listening', { origin: server.origin })
  return server
})
