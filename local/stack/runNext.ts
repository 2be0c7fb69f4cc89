/**
 * The process of the web app: Next's own command line, run inside it, with one addition: when the launcher is gone
 * (its channel closes, also after a kill -9) this whole process group ends, so that nothing holds the port.
 * `node runNext.ts start -H localhost -p 3000`
 */
import { createRequire } from 'node:module'

process.on('disconnect', () => {
  try {
    process.kill(-process.pid, 'SIGKILL')
  } catch {
    process.exit(1) // Not the leader of a group (started by hand): then there is only this process to end.
  }
})
// Listening keeps the channel, and with it this process, alive; Next alone should decide that.
process.channel?.unref()

const require = createRequire(import.meta.url)
process.argv[1] = require.resolve('next/dist/bin/next')
require('next/dist/bin/next')
