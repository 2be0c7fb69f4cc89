import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSettings } from './readSettings.ts'

test('the environment wins over .env.local, and that over .env', () => {
  const root = mkdtempSync(join(tmpdir(), 'settings-'))
  writeFileSync(join(root, '.env'), 'A=1\nB=1\nC=1\n')
  writeFileSync(join(root, '.env.local'), 'B=2\nC=2\n')
  expect(readSettings(root, { C: '3' })).toEqual({ A: '1', B: '2', C: '3' })
})

test('what belongs to the program that started us is no setting', () => {
  const root = mkdtempSync(join(tmpdir(), 'settings-'))
  expect(readSettings(root, { NODE_ENV: 'test', npm_command: 'test', PORT: '4000' })).toEqual({ PORT: '4000' })
})

test('neither file need be there', () => {
  expect(readSettings(mkdtempSync(join(tmpdir(), 'settings-')), { A: '1' })).toEqual({ A: '1' })
})
