/** What a function wrote with `console`, as the lines that clients print. */
import { inspect } from 'node:util'

export type LogLevel = 'DEBUG' | 'INFO' | 'LOG' | 'WARN' | 'ERROR'

const MOST_LINES = 256
const LONGEST_LINE = 4 * 1024

export class LogLines {
  readonly lines: string[] = []
  private dropped = false

  write(level: LogLevel, values: readonly unknown[]): void {
    if (this.lines.length >= MOST_LINES) {
      if (!this.dropped) this.lines.push(`[WARN] 'Log lines beyond ${MOST_LINES} are dropped.'`)
      this.dropped = true
      return
    }
    const text = values.map((value) => inspect(value, { breakLength: Number.POSITIVE_INFINITY })).join(' ')
    this.lines.push(`[${level}] ${text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}… (truncated)` : text}`)
  }
}
