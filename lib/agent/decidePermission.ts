/** Whether a call may be made: without asking, after asking, or not at all. */
import type { Permission } from '../../convex/validators.ts'
import type { AgentTool } from './tools/defineTool.ts'

export type ToolSettings = Readonly<Record<string, Permission>>

const needMemory = ['remember', 'recall', 'forget']

/** Who wants nothing to be remembered has forbidden what is for that. */
export function settingsOf(settings: ToolSettings, hasMemory: boolean): ToolSettings {
  if (hasMemory) return settings
  return { ...settings, ...Object.fromEntries(needMemory.map((name) => [name, 'never' as const])) }
}

/** What the person has set, else what the tool is by itself. */
export function permissionOf(tool: Pick<AgentTool, 'name' | 'permission'>, settings: ToolSettings): Permission {
  return (Object.hasOwn(settings, tool.name) ? settings[tool.name] : undefined) ?? tool.permission
}

/** `mustAsk`: the tool wants this very input to be seen, whatever is allowed in general. */
export function decidePermission(
  tool: Pick<AgentTool, 'name' | 'permission'>,
  settings: ToolSettings,
  mustAsk: boolean,
): 'run' | 'ask' | 'refuse' {
  const permission = permissionOf(tool, settings)
  if (permission === 'never') return 'refuse'
  return mustAsk || permission === 'ask' ? 'ask' : 'run'
}
