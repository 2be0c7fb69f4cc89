/** The tools as people are shown them in the settings: every one in the registry, by itself. */
import type { Permission } from '../../convex/validators.ts'
import { registry } from './tools/registry.ts'

export interface ToolCard {
  name: string
  /** What the model is told about it. */
  description: string
  /** Of a person who has set nothing. */
  permission: Permission
}

export function listTools(): ToolCard[] {
  return [...registry.values()].map(({ name, description, permission }) => ({ name, description, permission }))
}
