/** A person's settings after a change, or why it is refused. */
import { type Infer, v } from 'convex/values'
import type { ChatErrorCode } from '../../lib/chat/chatError.ts'
import { maxInstructionsChars } from '../../lib/chat/messageLimits.ts'
import { isTimeZone } from '../../lib/chat/zonedTime.ts'
import { budgetValidator, type Preferences, permissionValidator } from '../validators.ts'

/** Absent: stays. Null: as if never set. Of `tools` each is set or cleared by itself: another device may be setting another one. */
export const changeValidator = {
  instructions: v.optional(v.union(v.null(), v.string())),
  timeZone: v.optional(v.union(v.null(), v.string())),
  tools: v.optional(v.union(v.null(), v.record(v.string(), v.union(v.null(), permissionValidator)))),
  budget: v.optional(v.union(v.null(), budgetValidator)),
  memory: v.optional(v.union(v.null(), v.boolean())),
  model: v.optional(v.union(v.null(), v.string())),
}
const changeObject = v.object(changeValidator)
export type PreferencesChange = Infer<typeof changeObject>

const mostTools = 200
const mostModelChars = 200
const toolName = /^[A-Za-z0-9_-]{1,64}$/

export type Changed = { ok: true; preferences: Preferences } | { ok: false; code: ChatErrorCode }

export function changePreferences(before: Preferences, change: PreferencesChange): Changed {
  const instructions = change.instructions?.toWellFormed().trim()
  const code = refusalOf({ ...change, ...(instructions === undefined ? {} : { instructions }) })
  if (code) return { ok: false, code }
  const tools = changeTools(before.tools, change.tools)
  if (Object.keys(tools).length > mostTools) return { ok: false, code: 'preference-not-valid' }
  const after = {
    // Emptied is as if never set.
    instructions: change.instructions === undefined ? before.instructions : instructions || null,
    timeZone: change.timeZone === undefined ? before.timeZone : change.timeZone,
    tools: Object.keys(tools).length > 0 ? tools : null,
    budget: change.budget === undefined ? before.budget : change.budget,
    memory: change.memory === undefined ? before.memory : change.memory,
    model: change.model === undefined ? before.model : change.model,
  }
  return { ok: true, preferences: dropAbsent(after) }
}

function refusalOf({ instructions, timeZone, tools, budget, model }: PreferencesChange): ChatErrorCode | undefined {
  if (instructions && instructions.length > maxInstructionsChars) return 'instructions-too-long'
  const isFine =
    (!timeZone || isTimeZone(timeZone)) &&
    Object.keys(tools ?? {}).every((name) => toolName.test(name)) &&
    Object.values(budget ?? {}).every((micros) => Number.isSafeInteger(micros) && micros >= 0) &&
    (model === undefined || model === null || (model !== '' && model.length <= mostModelChars)) &&
    timeZone !== ''
  return isFine ? undefined : 'preference-not-valid'
}

function changeTools(
  before: Preferences['tools'] = {},
  change: PreferencesChange['tools'],
): NonNullable<Preferences['tools']> {
  if (change === null) return {}
  const after = { ...before }
  for (const [name, permission] of Object.entries(change ?? {})) {
    if (permission === null) delete after[name]
    else after[name] = permission
  }
  return after
}

function dropAbsent<T extends object>(fields: T): { [Field in keyof T]?: Exclude<T[Field], null | undefined> } {
  const present = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)
  // What is left has the type of its field.
  return Object.fromEntries(present) as { [Field in keyof T]?: Exclude<T[Field], null | undefined> }
}
