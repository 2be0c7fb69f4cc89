/** Says that functions run and that the caller is believed. */
import { v } from 'convex/values'
import { serviceQuery } from './asService.ts'

export const ping = serviceQuery({
  args: {},
  returns: v.object({ ok: v.literal(true) }),
  handler: async () => ({ ok: true as const }),
})
