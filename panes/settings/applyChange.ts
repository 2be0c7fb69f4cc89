// Settings as they will be when a change has been saved. Pure.
import type { Permission, Preferences } from '../../convex/validators.ts'
import type { PreferencesChange } from './useSettings.ts'

export function applyChange(before: Preferences, { tools, ...change }: PreferencesChange): Preferences {
  const plain = { ...before, ...change, tools: tools === undefined ? before.tools : changeTools(before.tools, tools) }
  const { instructions, timeZone, budget, memory, model } = plain
  return {
    ...(instructions == null ? {} : { instructions }),
    ...(timeZone == null ? {} : { timeZone }),
    ...(budget == null ? {} : { budget }),
    ...(memory == null ? {} : { memory }),
    ...(model == null ? {} : { model }),
    ...(plain.tools === undefined ? {} : { tools: plain.tools }),
  }
}

/** Null clears all of them, or one. */
function changeTools(
  before: Record<string, Permission> | undefined,
  change: Record<string, Permission | null> | null,
): Record<string, Permission> {
  if (change === null) return {}
  const after: Record<string, Permission> = { ...before }
  for (const [name, permission] of Object.entries(change)) {
    if (permission === null) delete after[name]
    else after[name] = permission
  }
  return after
}
