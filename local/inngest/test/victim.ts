/** The server as a real process: started, killed, started again on the same data and port. For tests only. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { testKeys, until } from './startApp.ts'

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

export type Victim = Awaited<ReturnType<typeof createVictim>>

export async function createVictim(env: Record<string, string>) {
  const dataDir = mkdtempSync(join(tmpdir(), 'inngest-crash-'))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  const healthy = async () => {
    const response = await fetch(`${origin}/health`, { headers: { connection: 'close' } }).catch(() => undefined)
    return response?.ok ? ((await response.json()) as { functions: string[] }) : undefined
  }
  return {
    origin,
    dataDir,
    healthy,
    async start(more: Record<string, string> = {}) {
      child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts')], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          ...process.env,
          LOG_LEVEL: 'error',
          INNGEST_PORT: String(port),
          INNGEST_DATA: dataDir,
          INNGEST_EVENT_KEY: testKeys.event,
          INNGEST_SIGNING_KEY: testKeys.signing,
          INNGEST_BACKOFF_SCALE: '0.01',
          ...env,
          ...more,
        },
      })
      await until('the server to be healthy', healthy)
    },
    async kill(signal: NodeJS.Signals = 'SIGKILL') {
      if (!child || child.exitCode !== null || child.signalCode !== null) return []
      const gone = once(child, 'exit')
      child.kill(signal)
      return gone
    },
    /** `run/step` of what is on record, read from the dead server's file. */
    recorded(): Set<string> {
      const db = new DatabaseSync(join(dataDir, 'inngest.sqlite'))
      const rows = db.prepare('SELECT run_id, name FROM steps').all()
      db.close()
      return new Set(rows.map((row) => `${row['run_id']}/${row['name']}`))
    },
  }
}
