/** All tools there are, by name. What is not here does not exist for a model. */
import { calculate } from './calculate.ts'
import { currentTime } from './currentTime.ts'
import type { AgentTool } from './defineTool.ts'

export type Registry = ReadonlyMap<string, AgentTool>

const all: AgentTool[] = [
  currentTime,
  calculate,
  // One line for each tool.
]

export const registry: Registry = new Map(all.map((one) => [one.name, one]))
