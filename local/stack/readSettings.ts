/** The person's settings: `.env`, over it `.env.local`, over both the environment. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { isLeftover } from './baseEnvironment.ts'
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
  const surroundings = Object.fromEntries(Object.entries(env).filter(([name]) => !isLeftover(name)))
  return { ...readEnvFile(join(root, '.env')), ...readEnvFile(join(root, '.env.local')), ...surroundings }
}
