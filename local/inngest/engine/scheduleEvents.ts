/** From events to runs. Storing an event and scheduling what it starts is one transaction: acknowledged means both. */
import type { AcceptedEvent } from '../protocol/incomingEvents.ts'
import { evaluateKey } from '../protocol/keyExpression.ts'
import type { RegisteredFunction } from '../store/appStore.ts'
import type { Core } from './core.ts'
import type { SlotKey } from './slots.ts'

/** Inside the caller's transaction. */
export function scheduleEvents(core: Core, accepted: AcceptedEvent[], now: number): void {
  for (const item of accepted) {
    // A repeated request (same seed, same internal ids) is acknowledged again and starts nothing.
    if (!core.events.insert(item, now)) continue
    for (const fn of core.apps.triggeredBy(item.event)) scheduleRun(core, fn, item, now)
  }
}

function scheduleRun(
  core: Core,
  fn: RegisteredFunction,
  { internalId, named, event }: AcceptedEvent,
  now: number,
): void {
  const { events, runs, queue, behaviour, random, log } = core
  if (named) {
    const earlier = events.startedRun(fn.slug, event.id, now)
    if (earlier !== undefined) {
      log.debug('duplicate-event', { event: event.id, function: fn.slug, run: earlier })
      return
    }
  }
  const id = core.newId()
  if (named) events.rememberRun(fn.slug, event.id, id, now)
  runs.insert({
    ...{ id, functionSlug: fn.slug, eventInternalId: internalId, event, slots: slotsOf(fn, event), createdAt: now },
    checkpointing: behaviour.checkpointing >= 1 || random() < behaviour.checkpointing,
  })
  const dueAt = now + Math.floor(random() * behaviour.startJitterMs)
  const item = { runId: id, stepId: 'step', name: '', race: false, maxAttempts: fn.maxAttempts }
  queue.insert({ ...item, id: `${id}.start`, kind: 'discover', dueAt })
  if (fn.startTimeoutMs !== undefined) {
    queue.insert({ ...item, id: `${id}.start-timeout`, kind: 'start-timeout', dueAt: now + fn.startTimeoutMs })
  }
}

/** Evaluated once, from the event that starts the run. */
function slotsOf(fn: RegisteredFunction, event: AcceptedEvent['event']): SlotKey[] {
  return fn.concurrency.map(({ limit, scope, key }, index) => {
    const value = key === undefined ? '' : evaluateKey(key, event)
    const owner = scope === 'fn' ? `fn:${fn.slug}:${index}` : `${scope}:${key ?? ''}`
    return { key: `${owner}:${value}`, limit }
  })
}
