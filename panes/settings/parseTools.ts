// The list of tools as /api/tools sends it. Checked, since a tab may be older than the server. Pure.
import type { Permission } from '../../convex/validators.ts'

export const permissions = ['always', 'ask', 'never'] as const satisfies readonly Permission[]

export type ToolCard = { name: string; description: string; permission: Permission }

/** What cannot be read is left out; something that is no list at all is an error. */
export function parseTools(sent: unknown): ToolCard[] {
  if (!Array.isArray(sent)) throw new Error('The list of tools could not be read.')
  return sent.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return []
    if (!('name' in one) || !('description' in one) || !('permission' in one)) return []
    const { name, description } = one
    const permission = permissions.find((known) => known === one.permission)
    if (typeof name !== 'string' || typeof description !== 'string' || permission === undefined) return []
    return [{ name, description, permission }]
  })
}
