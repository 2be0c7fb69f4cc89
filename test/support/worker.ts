/** The durable functions in a process of their own, without Next: what `app/api/inngest` serves. Run with `--conditions=react-server`. */
import { createServer } from 'node:http'
import { serve } from 'inngest/node'
import { inngest } from '../../inngest/client.ts'
import { functions } from '../../inngest/functions/index.ts'

const handler = serve({ client: inngest, functions, servePath: '/api/inngest' })
const server = createServer((request, response) => void handler(request, response))
server.requestTimeout = 0
server.listen(Number(process.env['WORKER_PORT']), '127.0.0.1', () => process.send?.('ready'))
process.on('disconnect', () => process.exit(0))
