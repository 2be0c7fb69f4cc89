import type { Log } from './log.ts'

export type Profile = 'friendly' | 'strict'

/** `NIGHTSHIFT_PROFILE`: `friendly` (default) or `strict`, as unkind as production. */
export function readProfile(env: Record<string, string | undefined> = process.env): Profile {
  const value = env['NIGHTSHIFT_PROFILE'] ?? 'friendly'
  if (value !== 'friendly' && value !== 'strict') {
    throw new Error(`NIGHTSHIFT_PROFILE is "${value}"; it must be "friendly" or "strict".`)
  }
  return value
}

/** Required environment value, or a sentence that says what to set. */
export function requireEnv(name: string, env: NodeJS.ProcessEnv = process.env): string {
  const value = env[name]
  if (!value) throw new Error(`${name} is not set. \`npm start\` sets it; to run this server alone, set it yourself.`)
  return value
}

/**
 * The life of one server process: start, serve until SIGTERM or SIGINT, close, exit 0.
 * A failed start exits 1 with one line that says why. The parent's death (its IPC channel closing) also ends it.
 */
export async function runServer(log: Log, start: () => Promise<{ close(): Promise<void> }>): Promise<void> {
  let running: { close(): Promise<void> } | undefined
  let stopping = false
  const stop = (reason: string) => {
    if (stopping) return
    stopping = true
    log.info('stopping', { reason })
    // Nothing serves yet: there is nothing to close that a kill would not close as well.
    if (!running) process.exit(0)
    setTimeout(() => process.exit(0), 3_000).unref()
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('stop-failed', { message: String(error) })
        process.exit(1)
      },
    )
  }
  // Before the start: a signal that comes while it serves already, but is not yet back here, must not be a crash.
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
  process.on('disconnect', () => stop('parent gone'))
  try {
    running = await start()
  } catch (error) {
    log.error('start-failed', { message: error instanceof Error ? error.message : String(error) })
    process.exit(1)
  }
}
