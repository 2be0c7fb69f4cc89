/** The end of a log file: what a person wants to see when a part does not start. */
import { existsSync, readFileSync } from 'node:fs'

export function lastLines(path: string, count: number): string {
  if (!existsSync(path)) return '(no log)'
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-count).join('\n')
}
