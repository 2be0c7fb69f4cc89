/** Which tools the model is offered for a message: permissions and settings first, then relevance. What is not here does not exist for it. */
import { type Tool, type ToolSet, tool, zodSchema } from 'ai'
import { permissionOf, settingsOf, type ToolSettings } from './decidePermission.ts'
import type { AgentTool } from './tools/defineTool.ts'
import { possibleNames } from './tools/messageWords.ts'
import { registry as all, type Registry } from './tools/registry.ts'
import { scoreTools } from './tools/scoreTools.ts'

/** However many there are: a model chooses badly among many, and every one costs tokens in every call. */
export const MOST_TOOLS = 12

/**
 * Offered when nothing else fits, the first before the last: what people ask for in words of every language. The numbers are less than
 * what one word in a tool's name or keywords counts.
 */
const usual: ReadonlyMap<string, number> = new Map(
  [
    'askUser',
    'wait',
    'scheduleTask',
    'currentTime',
    'remember',
    'recall',
    'searchThreads',
    'readPage',
    'calculate',
  ].map((name, at) => [name, 2 - at / 10]),
)

export interface ToolWishes {
  message: string
  /** Names of what was called in the recent turns: “and tomorrow?” goes on with it. */
  recentTools: readonly string[]
  settings: ToolSettings
  /** False: the person wants nothing to be remembered. */
  hasMemory: boolean
}

/** Names, best first, at most MOST_TOOLS. The same message gets the same tools: only rows and the registry decide. */
export function prepareTools(wishes: ToolWishes, registry: Registry = all): string[] {
  return rankTools(wishes, usual, registry).slice(0, MOST_TOOLS)
}

/** `liked`: what is offered although nothing in the message asks for it. */
export function rankTools(
  wishes: ToolWishes,
  liked: ReadonlyMap<string, number> = new Map(),
  registry: Registry = all,
): string[] {
  const settings = settingsOf(wishes.settings, wishes.hasMemory)
  const scores = scoreTools(wishes.message, registry)
  const said = possibleNames(wishes.message)
  const recent = new Set(wishes.recentTools)
  const score = (name: string) => (scores.get(name) ?? 0) + (liked.get(name) ?? 0)
  const rank = (name: string) => (said.has(name.toLowerCase()) ? 0 : recent.has(name) ? 1 : 2)
  return [...registry.values()]
    .filter((one) => permissionOf(one, settings) !== 'never')
    .map(({ name }) => ({ name, rank: rank(name), score: score(name) }))
    .filter((one) => one.rank < 2 || one.score > 0)
    .sort((a, b) => a.rank - b.rank || b.score - a.score || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name)
}

/** Undefined: the model made the name up, or a deploy has removed the tool. */
export function findTool(name: string): AgentTool | undefined {
  return all.get(name)
}

/** A tool does not change once it is made: its JSON schema takes a millisecond to work out, at every model step, and is kept. */
const declared = new WeakMap<AgentTool, Tool>()

/** For the SDK: declared without `execute`, so that it never runs one by itself. callTool does, as a step of its own. */
function declare(one: AgentTool): Tool {
  const known = declared.get(one) ?? tool({ description: one.description, inputSchema: zodSchema(one.inputSchema) })
  declared.set(one, known)
  return known
}

export function declareTools(names: readonly string[], registry: Registry = all): ToolSet {
  const found = [...new Set(names)].flatMap((name) => registry.get(name) ?? []).slice(0, MOST_TOOLS)
  return Object.fromEntries(found.map((one) => [one.name, declare(one)]))
}
