/** The process that `kill.contract.test.ts` kills: mutations without end, each answer told on stdout once it is given. */
import { silentLog } from '../../../kernel/log.ts'
import { createBackend } from '../createBackend.ts'

const [storage = '', round = '0'] = process.argv.slice(2)
const backend = await createBackend({ storage, log: silentLog })
const report = await backend.deployFromFolder(new URL('./fixture', import.meta.url).pathname)
if (!report.ok) throw new Error(report.message)

async function client(number: number): Promise<void> {
  const sessionId = `client-${number}`
  for (let requestId = Number(round) * 1_000_000; ; requestId++) {
    const { outcome, ts } = await backend.runMutation({
      path: 'ledger:post',
      args: { client: number, request: requestId },
      identity: null,
      session: { sessionId, requestId },
    })
    process.stdout.write(`${JSON.stringify({ sessionId, requestId, ok: outcome.ok, ts: String(ts) })}\n`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
for (let number = 0; number < 4; number++) void client(number)
