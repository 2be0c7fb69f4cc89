/** The list of jobs: replies over all threads, and what waits for its turn. Threads that are removed are left out. */
import type { PaginationOptions, PaginationResult } from 'convex/server'
import { v } from 'convex/values'
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { boundPage, boundSkipping } from '../decisions/boundPage.ts'
import { present } from '../decisions/present.ts'
import type { JobRow } from '../validators.ts'
import { listedThreads, takeBounded } from './findOpen.ts'

export const jobFilterValidator = v.union(
  v.literal('all'),
  v.literal('running'),
  v.literal('waiting'),
  v.literal('failed'),
  v.literal('stopped'),
  v.literal('done'),
)
type Filter = typeof jobFilterValidator.type

const statusOf = { waiting: 'waiting', failed: 'failed', stopped: 'cancelled', done: 'completed' } as const
/** Of each kind: more turns than a person has under way. */
const mostRunning = 100

export async function pageJobs(
  ctx: QueryCtx,
  ownerId: string,
  filter: Filter,
  opts: PaginationOptions,
): Promise<PaginationResult<JobRow>> {
  const rows =
    filter === 'running' ? await underWay(ctx, ownerId) : await settledPage(ctx, ownerId, filter, boundPage(opts))
  const threads = listedThreads(ctx)
  const page: JobRow[] = []
  for (const row of rows.page) {
    const thread = await threads(row.thread)
    if (thread) page.push(jobRow(row, thread))
  }
  return { ...rows, page }
}

/** Replies may be long: a page ends early rather than read too much. */
async function settledPage(
  ctx: QueryCtx,
  ownerId: string,
  filter: Exclude<Filter, 'running'>,
  opts: PaginationOptions,
): Promise<PaginationResult<Doc<'messages'>>> {
  const messages = ctx.db.query('messages')
  const rows =
    filter === 'all'
      ? messages.withIndex('by_owner_role', (q) => q.eq('ownerId', ownerId).eq('role', 'assistant'))
      : messages.withIndex('by_owner_role_status', (q) =>
          q.eq('ownerId', ownerId).eq('role', 'assistant').eq('status', statusOf[filter]),
        )
  return rows.order('desc').paginate(boundSkipping(opts))
}

/** A turn that waits is told by its message; a Retry, whose message was settled long since, by its reply. */
async function underWay(ctx: QueryCtx, ownerId: string): Promise<PaginationResult<Doc<'messages'>>> {
  const of = (role: 'user' | 'assistant', status: 'processing' | 'pending') => {
    const rows = ctx.db
      .query('messages')
      .withIndex('by_owner_role_status', (q) => q.eq('ownerId', ownerId).eq('role', role).eq('status', status))
    return takeBounded(rows.order('desc'), mostRunning)
  }
  const queued = await of('user', 'pending')
  const known = new Set(queued.map(({ turn }) => turn))
  const replies = [...(await of('assistant', 'processing')), ...(await of('assistant', 'pending'))]
  const page = [...queued, ...replies.filter(({ turn }) => !known.has(turn))]
  return { page: page.toSorted((a, b) => b.createdAt - a.createdAt), isDone: true, continueCursor: '' }
}

function jobRow(row: Doc<'messages'>, { threadId, title }: Doc<'threads'>): JobRow {
  return {
    threadId,
    threadTitle: title,
    cause: row.cause ?? 'message',
    ...present(row, ['messageId', 'status', 'inngestJobId', 'createdAt']),
    ...present(row, ['model', 'startedAt', 'settledAt', 'costMicros', 'usage', 'error', 'detail']),
  }
}
