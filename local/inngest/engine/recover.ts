/** The first thing after start: what an earlier process had under way, nobody has under way any more. */
import type { Core } from './core.ts'

/** Returns the number of this boot. Calls in flight at the crash become due at once, with their attempts unchanged. */
export function recover(core: Core): number {
  const { db, queue, runs, apps, clock, log } = core
  return db.transaction(() => {
    db.prepare(
      `INSERT INTO meta (key, value) VALUES ('boot', 1) ON CONFLICT (key) DO UPDATE SET value = value + 1`,
    ).run()
    const boot = Number(db.prepare(`SELECT value FROM meta WHERE key = 'boot'`).get()?.['value'])
    const now = clock.now()
    const requeued = queue.recover(now)
    for (const run of runs.withoutWork()) {
      // Cannot happen by [EX45]; if it does, it heals here and is said aloud.
      log.error('run-without-work', { run: run.id, function: run.functionSlug })
      const maxAttempts = apps.function(run.functionSlug)?.maxAttempts ?? 1
      const item = { runId: run.id, stepId: 'step', name: '', race: false, maxAttempts, dueAt: now }
      queue.insert({ ...item, id: `${run.id}.next.heal`, kind: 'discover' })
    }
    log.info('recovered', { boot, requeued })
    return boot
  })
}
