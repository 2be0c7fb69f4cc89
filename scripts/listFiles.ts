/** The files of the project as git sees them: what is tracked, and what is new and not ignored. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../local/stack/createStack.ts'

export function listFiles(): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  const output = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  // A file deleted but not yet committed is still listed.
  return [...new Set(output.split('\0'))]
    .filter((path) => path !== '' && existsSync(join(root, path)))
    .sort((a, b) => (a < b ? -1 : 1))
}
