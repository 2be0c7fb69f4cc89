/** What the app's code leaves behind must not take the process down; a fault of our own must. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const script = (ending: string) => `
import { createBackend } from ${JSON.stringify(join(import.meta.dirname, '../createBackend.ts'))}
const backend = await createBackend({ storage: ':memory:' })
await backend.deployFromFolder(${JSON.stringify(join(import.meta.dirname, 'fixture'))})
const outcome = await backend.runAction({ path: 'clock:forgets', args: {}, identity: null })
${ending}
await new Promise((resolve) => setTimeout(resolve, 50))
console.log('alive', outcome.ok)
`
const run = (ending: string) =>
  spawnSync(process.execPath, ['--input-type=module', '-e', script(ending)], { encoding: 'utf8' })

it('[RT16] a forgotten rejection, a timer that throws and a call that nobody awaits are logged, and the server lives', () => {
  const { status, stdout, stderr } = run('')
  expect([status, stdout]).toEqual([0, expect.stringContaining('alive true')])
  expect(stderr).toContain('forgotten rejection')
})

it('[RT16] a rejection of our own code still ends the process', () => {
  const { status, stdout } = run("void Promise.reject(new Error('ours'))")
  expect(status).not.toBe(0)
  expect(stdout).not.toContain('alive')
})
