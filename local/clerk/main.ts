/** The local Clerk as a process of its own: so the signing key is never in the web server's memory. */
import { createLog } from '../kernel/log.ts'
import { runServer } from '../kernel/runServer.ts'
import { readConfig } from './config.ts'
import { startClerk } from './startClerk.ts'

const log = createLog('clerk')
// Everything written here is its owner's alone: keys, password hashes, sessions.
process.umask(0o077)

await runServer(log, async () => {
  const config = readConfig(process.env)
  const clerk = await startClerk(config)
  log.info('ready', {
    origin: clerk.origin,
    profile: config.profile,
    note: 'local accounts, loopback only',
    webhooks: config.webhookUrl ?? 'kept until CLERK_WEBHOOK_URL is set',
  })
  return clerk
})
