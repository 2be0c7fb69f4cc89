/** Runs the app's crons. The time of the next run is kept on disk; a run is never started while the last one goes on. */
import type { Stop } from '../../../kernel/clock.ts'
import type { CronSpec } from '../code/codeVersion.ts'
import type { EngineState } from '../engineState.ts'
import { runAction } from '../run/runAction.ts'
import { runMutation } from '../run/runMutation.ts'
import { describeThrown } from '../runtime/functionError.ts'
import { resolvePath } from '../runtime/resolveFunction.ts'
import { nextCronRun } from './nextCronRun.ts'

interface Row {
  name: string
  spec: string
  nextRun: number
}

export class Crons {
  private readonly state: EngineState
  private readonly timers = new Map<string, Stop>()
  private readonly running = new Set<string>()
  private isStopped = false

  constructor(state: EngineState) {
    this.state = state
  }

  /** After every deploy: new ones are added, changed ones start anew, gone ones are forgotten, the rest keep their time. */
  sync(): void {
    const wanted = this.state.version?.crons ?? []
    for (const { name } of this.rows()) {
      if (wanted.some((cron) => cron.name === name)) continue
      this.clearTimer(name)
      this.state.store.db.prepare('DELETE FROM crons WHERE name = ?').run(name)
    }
    for (const cron of wanted) {
      const spec = JSON.stringify([cron.function, cron.args, cron.schedule])
      const known = this.row(cron.name)
      if (known?.spec !== spec) this.save(cron.name, spec, nextCronRun(cron.schedule, this.state.clock.now(), null))
      this.arm(cron.name)
    }
  }

  stop(): void {
    this.isStopped = true
    for (const name of [...this.timers.keys()]) this.clearTimer(name)
  }

  private arm(name: string): void {
    this.clearTimer(name)
    const row = this.row(name)
    if (!row || this.isStopped) return
    // A tick that was missed while the server was down is run once, now.
    const wait = Math.max(0, row.nextRun - this.state.clock.now())
    this.timers.set(
      name,
      this.state.clock.after(wait, () => this.tick(name)),
    )
  }

  private tick(name: string): void {
    const cron = this.state.version?.crons.find((candidate) => candidate.name === name)
    const row = this.row(name)
    if (!cron || !row || this.isStopped || this.running.has(name)) return
    this.running.add(name)
    this.run(cron, row)
      .catch((error: unknown) => {
        const { message } = describeThrown(error, this.state.version)
        this.state.log.error('cron-failed', { cron: name, message })
      })
      .finally(() => {
        this.running.delete(name)
        if (!this.isStopped) this.arm(name)
      })
  }

  private async run(cron: CronSpec, row: Row): Promise<void> {
    const next = nextCronRun(cron.schedule, Math.max(this.state.clock.now(), row.nextRun), row.nextRun)
    const advance = () => this.save(cron.name, row.spec, next)
    const resolve = () => {
      const { version } = this.state
      const info = resolvePath(version, cron.function, null, true)
      if (!version) throw new Error('No code is deployed yet.')
      return { info, version }
    }
    const call = { args: cron.args, identity: null }
    const isMutation = tryResolve(resolve)?.info.type === 'mutation'
    // An action is counted as run before it starts: at most once. A mutation commits together with its next time.
    if (!isMutation) advance()
    const outcome = isMutation
      ? (await runMutation(this.state, { ...call, resolve, onCommit: advance }))?.outcome
      : await runAction(this.state, { ...call, ...resolve() })
    if (this.isStopped || !outcome || outcome.ok) return
    if (isMutation) advance()
    this.state.log.error('cron-failed', { cron: cron.name, message: outcome.errorMessage })
  }

  private rows(): Row[] {
    return this.state.store.db.prepare('SELECT name, spec, nextRun FROM crons').all() as unknown as Row[]
  }

  private row(name: string): Row | undefined {
    return this.state.store.db.prepare('SELECT name, spec, nextRun FROM crons WHERE name = ?').get(name) as
      | Row
      | undefined
  }

  private save(name: string, spec: string, nextRun: number): void {
    this.state.store.db
      .prepare(
        'INSERT INTO crons (name, spec, nextRun) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET spec = excluded.spec, nextRun = excluded.nextRun',
      )
      .run(name, spec, Math.ceil(nextRun))
  }

  private clearTimer(name: string): void {
    this.timers.get(name)?.()
    this.timers.delete(name)
  }
}

function tryResolve<T>(resolve: () => T): T | null {
  try {
    return resolve()
  } catch {
    return null
  }
}
