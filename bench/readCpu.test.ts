import { expect, test } from 'vitest'
import { parseStat, parseWait } from './readCpu.ts'

test('a stat line is read from behind its name, which may hold spaces and brackets', () => {
  const line = '4242 (node (v24) x) S 1 4200 4200 0 -1 4194304 100 0 0 0 321 45 0 0 20 0 11 0 99 0 0'
  expect(parseStat(line)).toEqual({ group: 4200, cpuMs: 3660 })
})

test('the wait for a processor is the second number, in nanoseconds', () => {
  expect(parseWait('123456789 2500000 42\n')).toBe(2.5)
})
