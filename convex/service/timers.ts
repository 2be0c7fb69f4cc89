/** What a timer comes to ring. Ringing twice, late or for nothing does no harm: the row decides. */
import { v } from 'convex/values'
import { ringTimer } from '../rows/ringTimer.ts'
import { serviceMutation } from './asService.ts'

export const ring = serviceMutation({
  args: { kind: v.union(v.literal('wait'), v.literal('schedule')), id: v.string(), version: v.number() },
  /** `early`: by the database's clock it is `forMs` too soon. */
  returns: v.union(
    v.object({ kind: v.union(v.literal('rung'), v.literal('moved-on')) }),
    v.object({ kind: v.literal('early'), forMs: v.number() }),
  ),
  handler: (ctx, args) => ringTimer(ctx, args, Date.now()),
})
