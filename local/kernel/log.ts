/** The one place in `local/` that writes to the console: one JSON line per event, quiet by default. */
const levels = { debug: 10, info: 20, warn: 30, error: 40, silent: 99 } as const
type Level = keyof typeof levels

export interface Log {
  debug(event: string, data?: Record<string, unknown>): void
  info(event: string, data?: Record<string, unknown>): void
  warn(event: string, data?: Record<string, unknown>): void
  error(event: string, data?: Record<string, unknown>): void
}

function isLevel(text: string): text is Level {
  return text in levels
}

/**
 * A log for one area (`inngest`, `convex:sync` …). `LOG_LEVEL` sets what is written (default `info`).
 * Never pass a token, cookie or key in `data`.
 */
export function createLog(area: string, wanted: string = process.env['LOG_LEVEL'] ?? 'info'): Log {
  const threshold = isLevel(wanted) ? levels[wanted] : levels.info
  const writer = (level: Exclude<Level, 'silent'>) => (event: string, data?: Record<string, unknown>) => {
    if (levels[level] < threshold) return
    const line = JSON.stringify({ at: new Date().toISOString(), level, area, event, ...data })
    if (level === 'error' || level === 'warn') console.error(line)
    else console.log(line)
  }
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') }
}

export const silentLog: Log = createLog('silent', 'silent')
