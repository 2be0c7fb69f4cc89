import { expect, it } from 'vitest'
import { resolveZone } from './timeZones.ts'

const zones = ['America/New_York', 'America/Indiana/Knox', 'Europe/Paris', 'Asia/Tokyo', 'One/Same', 'Two/Same']

it.each([
  ['Europe/Paris', 'Europe/Paris'],
  [' europe/paris ', 'Europe/Paris'],
  ['Paris', 'Europe/Paris'],
  ['new york', 'America/New_York'],
  ['knox', 'America/Indiana/Knox'],
  ['UTC', 'UTC'],
])('takes %j for %s', (typed, zone) => {
  expect(resolveZone(typed, zones)).toBe(zone)
})

it.each(['', 'Mars', '+02:00', 'Same', 'aris'])('takes %j for no zone', (typed) => {
  expect(resolveZone(typed, zones)).toBeNull()
})
