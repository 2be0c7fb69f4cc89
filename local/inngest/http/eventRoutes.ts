/** Sending events, and reading them back. */
import type { Core } from '../engine/core.ts'
import { scheduleEvents } from '../engine/scheduleEvents.ts'
import { parseSeed, seededId } from '../protocol/eventIds.ts'
import { parseEvents } from '../protocol/incomingEvents.ts'
import type { Json } from '../protocol/json.ts'
import { sameSecret } from '../protocol/signature.ts'
import type { StoredEvent } from '../store/eventStore.ts'
import { type Answer, type Asked, type Route, refusal, v1 } from './route.ts'
import { viewRunRecord } from './runRoutes.ts'

interface Options {
  eventKey?: string
  maxEventBytes: number
  /** Called after the commit. */
  kick: () => void
}

export function eventRoutes(core: Core, { eventKey, maxEventBytes, kick }: Options): Route[] {
  const { db, clock, events, runs, newId } = core

  function receive({ params, headers, body }: Asked): Answer {
    if (eventKey !== undefined && !sameSecret(params['key'] ?? '', eventKey)) return refusal(401, 'Event key not found')
    const now = clock.now()
    const seed = parseSeed(headers['x-inngest-event-id-seed'])
    const idAt = (position: number) => (seed ? seededId(seed, position) : newId())
    const parsed = parseEvents(body, { now, idAt, maxBytes: maxEventBytes })
    if (!parsed.ok) return { status: 400, body: { ids: [], status: 400, error: parsed.error } }
    // If we crash before the commit the sender gets no answer and repeats; after it, the runs are on disk.
    db.transaction(() => scheduleEvents(core, parsed.events, now))
    kick()
    return { status: 200, body: { ids: parsed.events.map(({ internalId }) => internalId), status: 200 } }
  }

  function list({ query }: Asked): Answer {
    const filter: Parameters<typeof events.list>[0] = { limit: readLimit(query) }
    const name = query.get('name')
    const before = query.get('cursor')
    const after = readTime(query.get('received_after'))
    const until = readTime(query.get('received_before'))
    if (name) filter.name = name
    if (before) filter.before = before
    if (after !== undefined) filter.receivedAfter = after
    if (until !== undefined) filter.receivedBefore = until
    return v1(events.list(filter).map(viewEvent), clock.now())
  }

  return [
    { method: 'POST', path: '/e/:key', access: 'open', handle: receive },
    { method: 'GET', path: '/v1/events', access: 'signing-key', handle: list },
    {
      method: 'GET',
      path: '/v1/events/:id',
      access: 'signing-key',
      handle: ({ params }) => {
        const event = events.get(params['id'] ?? '')
        return event ? v1(viewEvent(event), clock.now()) : refusal(404, `Event ${params['id']} does not exist.`)
      },
    },
    {
      method: 'GET',
      path: '/v1/events/:id/runs',
      access: 'signing-key',
      handle: ({ params }) => v1(runs.ofEvent(params['id'] ?? '').map(viewRunRecord(core)), clock.now()),
    },
  ]
}

function viewEvent({ internalId, receivedAt, event }: StoredEvent): Json {
  return { ...event, internal_id: internalId, received_at: new Date(receivedAt).toISOString() }
}

export function readLimit(query: URLSearchParams): number {
  const limit = Number(query.get('limit') ?? 20)
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, 1_000) : 20
}

function readTime(text: string | null): number | undefined {
  const at = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(at) ? undefined : at
}
