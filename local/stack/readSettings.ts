/** The person's settings: `.env`, over it `.env.local`, over both the environment. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { Settings } from './chooseServices.ts'

function readEnvFile(path: string): Settings {
  try {
    return parseEnv(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}

export function readSettings(root: string, env: Settings): Settings {
  return { ...readEnvFile(join(root, '.env')), ...readEnvFile(join(root, '.env.local')), ...env }
}
