/** The local Inngest server as a process. See SPEC.md. */
import { createLog } from '../kernel/log.ts'
import { runServer } from '../kernel/runServer.ts'
import { readSettings } from './settings.ts'
import { startInngest } from './startInngest.ts'

const log = createLog('inngest')
await runServer(log, () => startInngest(readSettings(), { log }))
