/** SIGKILL in the middle of the load: nothing torn, nothing answered is lost, time does not go back. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { createTestBackend } from '../testing.ts'

interface Answer {
  sessionId: string
  requestId: number
  ok: boolean
  ts: string
}

/** Kills the process after so many answers, and returns all it told. */
async function runAndKill(storage: string, round: number, after: number): Promise<Answer[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killTarget.ts'), storage, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const answers: Answer[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.endsWith('}')) answers.push(JSON.parse(line) as Answer)
    if (answers.length === after) child.kill('SIGKILL')
  }
  return answers
}

it('[DB10] [TS5] killed five times under load: commits are whole, answers kept, sessions consistent, timestamps rise', async () => {
  const storage = mkdtempSync(join(tmpdir(), 'convex-kill-'))
  let lastTs = 0n
  const answered: Answer[] = []
  for (const [round, after] of [37, 120, 5, 211, 64].entries()) {
    const answers = await runAndKill(storage, round, after)
    expect(answers.length).toBeGreaterThanOrEqual(after)
    for (const { ok, ts } of answers) {
      expect(ok).toBe(true)
      expect(BigInt(ts)).toBeGreaterThan(lastTs)
      lastTs = BigInt(ts)
    }
    answered.push(...answers)
    const app = await createTestBackend({ storage })
    await app.backend.deployFromFolder(join(import.meta.dirname, 'fixture'))
    expect(app.backend.latestTs()).toBeGreaterThanOrEqual(lastTs)
    for (let client = 0; client < 4; client++) {
      const audit = (await app.query('ledger:audit', { client })) as Record<'posted' | 'found', number[]> & {
        total: number
      }
      const { posted, found, total } = audit
      expect(total).toBe(posted.length)
      expect(found).toEqual(posted)
      expect(new Set(posted).size).toBe(posted.length)
      const mine = answered.filter(({ sessionId }) => sessionId === `client-${client}`)
      for (const { requestId } of mine) expect(posted).toContain(requestId)
      // A client that asks again for what it was answered, and for the one that was in flight, posts nothing twice.
      const last = mine.at(-1)
      for (const requestId of last ? [last.requestId, Math.max(...posted)] : []) {
        const session = { sessionId: `client-${client}`, requestId }
        const { outcome } = await app.backend.runMutation({
          path: 'ledger:post',
          args: { client, request: requestId },
          identity: null,
          session,
        })
        expect(outcome).toMatchObject({ ok: true, value: String(requestId) })
      }
      expect(await app.query('ledger:audit', { client })).toEqual(audit)
    }
    lastTs = app.backend.latestTs()
    await app.close()
  }
  rmSync(storage, { recursive: true })
})
