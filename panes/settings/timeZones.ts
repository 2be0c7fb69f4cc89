// Names of time zones: what a person types becomes a name that everybody knows, or nothing. Pure, but for the list that the browser has.
import { isTimeZone } from '../../lib/chat/zonedTime.ts'

/** Empty in a browser that has no list: any name may still be typed. */
export function knownZones(): readonly string[] {
  return typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : []
}

export const browserZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** `europe/paris`, `Paris` and `new york` are understood. Null: no such zone, or more than one. */
export function resolveZone(typed: string, zones: readonly string[] = knownZones()): string | null {
  const wanted = typed.trim().replaceAll(' ', '_').toLowerCase()
  const known = zones.find((zone) => zone.toLowerCase() === wanted)
  if (known !== undefined) return known
  const cities = zones.filter((zone) => zone.toLowerCase().endsWith(`/${wanted}`))
  if (cities.length === 1) return cities[0] ?? null
  return cities.length === 0 && isTimeZone(typed.trim()) ? typed.trim() : null
}
