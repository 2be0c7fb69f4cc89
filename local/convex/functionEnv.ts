/** The deployment's environment variables: a JSON file that the launcher (or a person) writes, re-read when it changes. */
import { readFileSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Log } from '../kernel/log.ts'

/** Editors and atomic renames make several events of one change. */
const SETTLE_MS = 50

export function parseFunctionEnv(text: string): Record<string, string> {
  const parsed: unknown = JSON.parse(text)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new Error('It must hold one JSON object.')
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(parsed)) {
    if (typeof value !== 'string') throw new Error(`The value of ${name} must be a string.`)
    env[name] = value
  }
  return env
}

export function readFunctionEnv(path: string): Record<string, string> {
  try {
    return parseFunctionEnv(readFileSync(path, 'utf8'))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`The functions' environment could not be read from ${path} (CONVEX_FUNCTION_ENV): ${why}`, {
      cause,
    })
  }
}

/** Calls `onChange` with every new valid content; a broken file leaves the old environment in force. */
export function watchFunctionEnv(path: string, log: Log, onChange: (env: Record<string, string>) => void): () => void {
  let pending: NodeJS.Timeout | undefined
  let last = JSON.stringify(readFunctionEnv(path))

  function reload(): void {
    try {
      const env = readFunctionEnv(path)
      const text = JSON.stringify(env)
      if (text === last) return
      last = text
      onChange(env)
    } catch (error) {
      log.error('environment-rejected', { message: error instanceof Error ? error.message : String(error) })
    }
  }

  // The folder, not the file: a file replaced by rename would no longer be heard of.
  const watcher = watch(dirname(path), (_event, name) => {
    if (name !== null && name !== basename(path)) return
    clearTimeout(pending)
    pending = setTimeout(reload, SETTLE_MS)
  })
  watcher.on('error', (error) => log.error('environment-watch-failed', { message: error.message }))
  return () => {
    clearTimeout(pending)
    watcher.close()
  }
}
