/** Delivers the outbox: one call at a time, again after growing delays, for as long as the application does not answer. */
import type { Clock, Stop } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import type { OutboxStore } from './store/outboxStore.ts'
import type { DeliveryRow } from './store/rows.ts'
import { signWebhook } from './webhookSignature.ts'

export interface WebhookDelivery {
  /** Call after a change was committed: something may be due. */
  wake(): void
  /** Resolves when no call is in flight; nothing starts any more. */
  close(): Promise<void>
}

interface Deps {
  outbox: OutboxStore
  url: string
  secret: string
  clock: Clock
  log: Log
  /** `fetch`, or a test's. */
  post: (url: string, init: RequestInit) => Promise<Response>
}

const retryDelaysMs = [500, 2_000, 8_000, 30_000]
/** After the last delay. Account deletions must arrive however long the application is away. */
const STEADY_RETRY_MS = 60_000
const CALL_TIMEOUT_MS = 15_000
const BATCH = 20

/** Milliseconds until the next try, after `attempts` failed ones. */
export function computeRetryDelay(attempts: number): number {
  return retryDelaysMs[attempts - 1] ?? STEADY_RETRY_MS
}

export function createWebhookDelivery({ outbox, url, secret, clock, log, post }: Deps): WebhookDelivery {
  let running: Promise<void> | undefined
  let closed = false
  let stopTimer: Stop = () => {}

  async function deliver(row: DeliveryRow): Promise<void> {
    const problem = await call(row)
    if (problem === undefined) {
      // If we crash before this line the event is delivered again: same id, and receivers must accept that.
      outbox.delivered(row.n)
      log.debug('webhook-delivered', { id: row.id, attempts: row.attempts + 1 })
      return
    }
    const attempts = row.attempts + 1
    const inMs = computeRetryDelay(attempts)
    outbox.failed(row.n, attempts, clock.now() + inMs)
    log.warn('webhook-failed', { id: row.id, attempts, problem, retryInMs: inMs })
  }

  async function call(row: DeliveryRow): Promise<string | undefined> {
    const headers = signWebhook(secret, row.id, Math.floor(clock.now() / 1000), row.body)
    try {
      const signal = AbortSignal.timeout(CALL_TIMEOUT_MS)
      const response = await post(url, { method: 'POST', headers, body: row.body, redirect: 'manual', signal })
      await response.body?.cancel()
      return response.ok ? undefined : `HTTP ${response.status}`
    } catch (error) {
      return error instanceof Error ? `${error.message}${error.cause ? `: ${String(error.cause)}` : ''}` : String(error)
    }
  }

  async function drain(): Promise<void> {
    for (let rows = outbox.due(clock.now(), BATCH); rows.length > 0 && !closed; rows = outbox.due(clock.now(), BATCH)) {
      for (const row of rows) if (!closed) await deliver(row)
    }
  }

  function wake(): void {
    if (closed || running) return
    stopTimer()
    running = drain()
      .catch((error: unknown) => log.error('webhook-delivery-broke', { message: String(error) }))
      .finally(() => {
        running = undefined
        schedule()
      })
  }

  function schedule(): void {
    const nextAt = outbox.nextAt()
    if (closed || nextAt === undefined) return
    // At least a moment: if the outbox itself fails, this must not spin.
    stopTimer = clock.after(Math.max(20, nextAt - clock.now()), wake)
  }

  return {
    wake,
    async close() {
      closed = true
      stopTimer()
      await running
    },
  }
}
