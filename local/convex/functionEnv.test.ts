import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { silentLog } from '../kernel/log.ts'
import { parseFunctionEnv, readFunctionEnv, watchFunctionEnv } from './functionEnv.ts'

function tempFile(): string {
  const dir = mkdtempSync(join(tmpdir(), 'nightshift-env-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return join(dir, 'env.json')
}

test('the environment is one JSON object of strings, anything else is refused with its reason', () => {
  expect(parseFunctionEnv('{"A":"1"}')).toEqual({ A: '1' })
  expect(() => parseFunctionEnv('[]')).toThrow('one JSON object')
  expect(() => parseFunctionEnv('{"A":1}')).toThrow('A must be a string')
  expect(() => readFunctionEnv('/nowhere/env.json')).toThrow('CONVEX_FUNCTION_ENV')
})

test('a change is told once, also when the file is replaced by a rename, and a broken file is not told at all', async () => {
  const path = tempFile()
  writeFileSync(path, '{"A":"1"}')
  const told: Record<string, string>[] = []
  let wake = () => {}
  const stop = watchFunctionEnv(path, silentLog, (env) => {
    told.push(env)
    wake()
  })
  onTestFinished(stop)
  const next = () =>
    new Promise<void>((resolve) => {
      wake = resolve
    })
  let change = next()
  writeFileSync(path, '{"A":"2"}')
  await change
  writeFileSync(path, '{ broken')
  change = next()
  writeFileSync(`${path}.new`, '{"A":"3"}')
  renameSync(`${path}.new`, path)
  await change
  expect(told).toEqual([{ A: '2' }, { A: '3' }])
})
