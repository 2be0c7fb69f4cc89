/** Registered apps and functions: kept over restarts, mirrored in memory because every event asks for its triggers. */
import { randomUUID } from 'node:crypto'
import type { Database } from '../../kernel/openDatabase.ts'
import type { FunctionConfig, Registration } from '../protocol/functionConfig.ts'
import type { DeliveredEvent } from '../protocol/incomingEvents.ts'

export interface RegisteredFunction extends FunctionConfig {
  /** What calls carry as `ctx.fn_id`; stays the same over registrations. */
  id: string
  app: string
  archived: boolean
}

export type AppStore = ReturnType<typeof createAppStore>

export function createAppStore(db: Database) {
  let functions = new Map<string, RegisteredFunction>()

  function load(): void {
    const rows = db.prepare('SELECT * FROM functions ORDER BY slug').all()
    functions = new Map(
      rows.map((row) => {
        const config = JSON.parse(String(row['config'])) as FunctionConfig
        const archived = row['archived'] === 1
        return [config.slug, { ...config, id: String(row['id']), app: String(row['app']), archived }]
      }),
    )
  }
  load()

  return {
    /** Replaces the app's functions. False when nothing has changed; then nothing is written either. */
    register({ app, url, sdk, framework, checksum, functions: list }: Registration, now: number): boolean {
      const known = db.prepare('SELECT checksum FROM apps WHERE name = ?').get(app)
      if (known?.['checksum'] === checksum) return false
      db.transaction(() => {
        db.prepare(
          'INSERT OR REPLACE INTO apps (name, url, sdk, framework, checksum, synced_at) VALUES (?, ?, ?, ?, ?, ?)',
        ).run(...[app, url, sdk, framework, checksum, now])
        db.prepare('UPDATE functions SET archived = 1 WHERE app = ?').run(app)
        for (const config of list) {
          db.prepare('INSERT OR REPLACE INTO functions (slug, id, app, config, archived) VALUES (?, ?, ?, ?, 0)').run(
            ...[config.slug, functions.get(config.slug)?.id ?? randomUUID(), app, JSON.stringify(config)],
          )
        }
      })
      load()
      return true
    },
    function: (slug: string): RegisteredFunction | undefined => functions.get(slug),
    all: (): RegisteredFunction[] => [...functions.values()],
    apps: () =>
      db
        .prepare('SELECT name, url, sdk, framework, synced_at FROM apps ORDER BY name')
        .all()
        .map((row) => ({
          name: String(row['name']),
          url: String(row['url']),
          sdk: String(row['sdk']),
          framework: String(row['framework']),
          syncedAt: Number(row['synced_at']),
        })),
    /** Each function an event starts, once however many of its triggers match. */
    triggeredBy: (event: DeliveredEvent): RegisteredFunction[] =>
      [...functions.values()].filter((fn) => !fn.archived && fn.triggers.some((trigger) => matches(trigger, event))),
  }
}

function matches(trigger: { event: string; failedFunction?: string }, event: DeliveredEvent): boolean {
  if (trigger.event !== event.name) return false
  return trigger.failedFunction === undefined || event.data['function_id'] === trigger.failedFunction
}
