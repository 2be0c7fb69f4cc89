/** A launcher as a process of its own, for tests that kill it: `node launcherForTest.ts <dataDir> <part,part>`. */
import { z } from 'zod'
import { partNames, startStack } from '../createStack.ts'

const [dataDir = '', parts = ''] = process.argv.slice(2)
const stack = await startStack({ dataDir, port: 0, parts: z.array(z.enum(partNames)).parse(parts.split(',')) })
process.on('SIGTERM', () => void stack.stop().then(() => process.exit(0)))
process.stdout.write(`${JSON.stringify({ urls: stack.urls, pids: stack.pids() })}\n`)
