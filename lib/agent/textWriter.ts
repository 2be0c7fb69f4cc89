/** Writes a reply's text into the database by offset while it comes: the first token at once, then coalesced, one write at a time. */

export type AppendAnswer = { kind: 'ok'; end: number } | { kind: 'stale' } | { kind: 'gap'; end: number }

export interface TextWriterOptions {
  /** Appends at an offset (UTF-16 units). Repeating an append must be harmless. Empty text is a sign of life. */
  append: (offset: number, text: string) => Promise<AppendAnswer>
  /** Pause between two writes. */
  flushMs: number
  /** Another run owns the turn, or it was stopped: called once, at once. */
  onStale: () => void
  /** A write failed for good (the database is down): called once. */
  onError: (error: unknown) => void
}

export interface Tail {
  offset: number
  text: string
}

export interface TextWriter {
  write(text: string): void
  /** Length of everything written so far, stored or not. */
  readonly length: number
  /** No more text comes. Waits for the write under way; what is left is the tail, for the commit to carry. Throws if a write failed. */
  finish(): Promise<Tail | 'stale'>
  /** The commit said that the tail does not fit: the tail that does. */
  tailFrom(end: number): Tail
  /** Stores what is left, for a step that fails: people keep what they have read. */
  drain(): Promise<void>
  /** Drops what is not stored. */
  stop(): void
}

/** One write carries at most this much: 48 KB of UTF-8. */
const MOST_PER_WRITE = 16_000
/** The longer a reply runs, the less its reader needs every word at once: the pause grows by itself each half minute, up to four times. */
const GROWS_EVERY_MS = 30_000
const MOST_GROWTH = 4
/** The watchdog takes a step for dead that is silent for 60 s; a thinking model is silent and alive. */
export const HEARTBEAT_MS = 15_000
/** An honest database asks for older text after losing some; again and again means that we disagree for good. */
const MOST_GAPS = 5

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff

export function pauseAfter(flushMs: number, ageMs: number): number {
  return flushMs * Math.min(MOST_GROWTH, 1 + Math.floor(ageMs / GROWS_EVERY_MS))
}

export function createTextWriter({ append, flushMs, onStale, onError }: TextWriterOptions): TextWriter {
  const startedAt = Date.now()
  let full = ''
  let stored = 0
  let state: 'open' | 'closed' | 'stale' | 'failed' = 'open'
  let failure: unknown
  let gaps = 0
  let lastWriteAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  let inFlight: Promise<void> | undefined
  const heartbeat = setInterval(() => {
    if (!inFlight && Date.now() - lastWriteAt >= HEARTBEAT_MS) send('')
  }, HEARTBEAT_MS)
  heartbeat.unref()

  /** The end of a cut that starts at `from`, never between the halves of a surrogate pair. */
  function cutAt(from: number): number {
    const end = Math.min(full.length, from + MOST_PER_WRITE)
    return end > from && isHighSurrogate(full.charCodeAt(end - 1)) ? end - 1 : end
  }

  function close(next: 'closed' | 'stale' | 'failed'): void {
    if (state === 'open' || next !== 'closed') state = next
    clearTimeout(timer)
    clearInterval(heartbeat)
    timer = undefined
  }

  function fail(error: unknown): void {
    if (state === 'failed' || state === 'stale') return
    failure = error
    close('failed')
    onError(error)
  }

  function take(answer: AppendAnswer): void {
    if (state === 'stale' || state === 'failed') return
    if (answer.kind === 'stale') {
      close('stale')
      onStale()
      return
    }
    gaps = answer.kind === 'gap' ? gaps + 1 : 0
    if (answer.end > full.length || gaps > MOST_GAPS) {
      fail(
        new Error(`The database holds ${answer.end} characters of this text, we wrote ${full.length}: it is not ours.`),
      )
      return
    }
    // A gap: nothing was written, and the database holds the text up to `end`. It is sent again from there.
    stored = answer.end
  }

  function send(text: string): void {
    lastWriteAt = Date.now()
    clearTimeout(timer)
    timer = undefined
    inFlight = append(stored, text.toWellFormed())
      .then(take, fail)
      .finally(() => {
        inFlight = undefined
        schedule()
      })
  }

  /** One write at a time: while one is under way, text only gathers. */
  function schedule(): void {
    if (state !== 'open' || inFlight || timer || cutAt(stored) === stored) return
    const dueAt = lastWriteAt + pauseAfter(flushMs, Date.now() - startedAt)
    const flush = () => send(full.slice(stored, cutAt(stored)))
    if (stored === 0 || dueAt <= Date.now()) flush()
    else timer = setTimeout(flush, dueAt - Date.now())
  }

  /** Writes until no more than one cut is left. */
  async function shorten(most: number): Promise<void> {
    while (inFlight) await inFlight
    while ((state === 'open' || state === 'closed') && full.length - stored > most) {
      send(full.slice(stored, Math.max(cutAt(stored), stored + 1)))
      while (inFlight) await inFlight
    }
  }

  return {
    write(text) {
      if (state !== 'open') return
      full += text
      schedule()
    },
    get length() {
      return full.length
    },
    async finish() {
      close('closed')
      await shorten(MOST_PER_WRITE)
      if (state === 'failed') throw failure
      return state === 'stale' ? 'stale' : this.tailFrom(stored)
    },
    tailFrom: (end) => ({ offset: end, text: full.slice(end).toWellFormed() }),
    async drain() {
      close('closed')
      await shorten(0)
    },
    stop: () => close('closed'),
  }
}
