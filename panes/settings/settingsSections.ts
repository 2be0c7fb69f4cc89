// The sections of the settings, in their order, and which of them is being read. Pure.
import { settingsStrings } from '../../components/strings/settings.ts'

export const settingsSections = [
  'profile',
  'appearance',
  'models',
  'instructions',
  'memory',
  'tools',
  'schedules',
  'notifications',
  'spending',
  'shortcuts',
  'data',
] as const

export type SectionId = (typeof settingsSections)[number]

export const titleOf = (id: SectionId): string => settingsStrings[id].title

/** `#tools` names a section; anything else names none. */
export function parseSection(hash: string): SectionId | null {
  const wanted = hash.replace(/^#/, '')
  return settingsSections.find((id) => id === wanted) ?? null
}

export type Placed = { id: SectionId; top: number }

/** The last one whose heading has passed `line` (px); at the end of the page the last of all, however short it is. */
export function sectionAt(placed: readonly Placed[], line: number, isAtEnd: boolean): SectionId {
  const passed = isAtEnd ? placed : placed.filter(({ top }) => top <= line)
  return passed.at(-1)?.id ?? settingsSections[0]
}
