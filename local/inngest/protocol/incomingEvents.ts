/** The body of `POST /e/{key}`: untrusted text in, events as functions will see them out. */
import { isObject, type Json, type JsonObject, parseJson, textOf } from './json.ts'

/** An event as it is stored and delivered. `id` is the sender's id, or the internal id when it gave none. */
export interface DeliveredEvent extends JsonObject {
  id: string
  name: string
  data: JsonObject
  user: JsonObject
  ts: number
}

export interface AcceptedEvent {
  internalId: string
  /** True when the sender named the event itself: only then are later copies duplicates. */
  named: boolean
  event: DeliveredEvent
}

const maxEventsPerRequest = 5_000
const earliestTs = Date.UTC(1980, 0, 1)
const latestTs = Date.UTC(2100, 0, 1)

export type ParsedEvents = { ok: true; events: AcceptedEvent[] } | { ok: false; error: string }

interface Context {
  now: number
  /** Internal id of the event at this position, counted from 1. */
  idAt: (position: number) => string
  /** Bytes one event may have. */
  maxBytes: number
}

export function parseEvents(body: string, context: Context): ParsedEvents {
  const parsed = parseJson(body)
  if (parsed === undefined) return refused('the body is not JSON')
  const list = Array.isArray(parsed) ? parsed : [parsed]
  if (list.length > maxEventsPerRequest) return refused(`more than ${maxEventsPerRequest} events in one request`)
  const events: AcceptedEvent[] = []
  for (const [index, raw] of list.entries()) {
    const event = parseEvent(raw, context.idAt(index + 1), context)
    if (typeof event === 'string') return refused(`event ${index}: ${event}`)
    events.push(event)
  }
  return { ok: true, events }
}

function refused(error: string): ParsedEvents {
  return { ok: false, error }
}

function parseEvent(raw: Json, internalId: string, { now, maxBytes }: Context): AcceptedEvent | string {
  if (!isObject(raw)) return 'an event must be an object'
  const { id, name, data, user, ts, v, meta } = raw
  if (typeof name !== 'string' || name === '') return 'an event needs a name'
  if (Buffer.byteLength(name) > 512) return 'the name is longer than 512 bytes'
  if (name.toLowerCase().startsWith('inngest/')) return `the name "${name}" is reserved for Inngest itself`
  if (data !== undefined && data !== null && !isObject(data)) return '`data` must be an object'
  const at = ts === undefined || ts === null || ts === 0 ? now : ts
  if (typeof at !== 'number' || at < earliestTs || at > latestTs) return '`ts` must be milliseconds, 1980 to 2100'
  if (Buffer.byteLength(JSON.stringify(raw)) > maxBytes) return `larger than ${maxBytes} bytes`
  const senderId = textOf(id)
  const { _inngest: _reserved, ...kept } = isObject(data) ? data : {}
  const event: DeliveredEvent = {
    id: senderId ?? internalId,
    name,
    data: kept,
    user: isObject(user) ? user : {},
    ts: Math.trunc(at),
    ...(textOf(v) === undefined ? {} : { v: String(v) }),
    ...(isObject(meta) ? { meta: foldSessions(meta) } : {}),
  }
  return { internalId, named: senderId !== undefined, event }
}

/** Sessions the SDK propagated, under those the sender set itself; a null of the sender's removes a key. */
function foldSessions(meta: JsonObject): JsonObject {
  const { propagated_sessions: propagated, sessions, ...rest } = meta
  if (!isObject(propagated)) return meta
  const merged = { ...propagated, ...(isObject(sessions) ? sessions : {}) }
  return { ...rest, sessions: Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) }
}
