/** Which tools the model is offered for a message. What is not here does not exist for it. */
import { type ToolSet, tool } from 'ai'
import type { AgentTool } from './tools/defineTool.ts'
import { registry } from './tools/registry.ts'

export interface ToolSettings {
  /** Tools the person has switched off. */
  disabled?: readonly string[]
}

/** Permissions and settings first, then relevance to the message: a tool is small and always relevant today, so only the first decides. */
export function prepareTools(_message: string, settings: ToolSettings): string[] {
  return [...registry.keys()].filter((name) => !settings.disabled?.includes(name))
}

/** Undefined: the model made the name up, or a deploy has removed the tool. */
export function findTool(name: string): AgentTool | undefined {
  return registry.get(name)
}

/** For the SDK: declared without `execute`, so that it never runs one by itself. callTool does, as a step of its own. */
export function declareTools(names: readonly string[]): ToolSet {
  const tools: ToolSet = {}
  for (const name of names) {
    const found = registry.get(name)
    if (found) tools[name] = tool({ description: found.description, inputSchema: found.inputSchema })
  }
  return tools
}
