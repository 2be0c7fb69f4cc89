/**
 * The journal: one JSON line as a request comes, one as it ends, written before the answer goes on.
 * It is what a provider's bill would be counted from, and what remembers tries over a restart.
 */
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const requestLine = z.object({
  kind: z.literal('request'),
  /** The line's number, 1 for the first: a cursor for readers. */
  seq: z.number(),
  id: z.string(),
  at: z.number(),
  correlationId: z.string(),
  /** Which tries belong together (readConversation.ts). */
  key: z.string(),
  prompt: z.string(),
  words: z.number(),
  /** The messages just before the prompt (readConversation.ts). Absent in older journals. */
  before: z.array(z.string()).default([]),
  /** The model that was asked for, and the names of the tools it was offered. Absent in older journals. */
  model: z.string().default(''),
  tools: z.array(z.string()).default([]),
  /** Requests with the same key before this one. */
  earlierTries: z.number(),
})
const endLine = z.object({
  kind: z.literal('end'),
  seq: z.number(),
  id: z.string(),
  at: z.number(),
  correlationId: z.string(),
  /** completed: sent whole. aborted: the caller hung up. failed: refused with an HTTP error. cut: we broke off. */
  outcome: z.enum(['completed', 'aborted', 'failed', 'cut']),
  tokens: z.number(),
  /** When the first token was sent; token i of a reply was due at `firstAt + i / tps`. */
  firstAt: z.number().optional(),
})
const journalLine = z.discriminatedUnion('kind', [requestLine, endLine])

export type JournalLine = z.infer<typeof journalLine>
export type Outcome = z.infer<typeof endLine>['outcome']

export interface Counts {
  requests: number
  completed: number
  aborted: number
  failed: number
  cut: number
  /** Requests without an end yet. */
  running: number
  tokens: number
  /** Requests a provider would bill: all but those it refused. */
  billed: number
}

interface NewRequest {
  at: number
  correlationId: string
  key: string
  prompt: string
  words: number
  before?: string[]
  model?: string
  tools?: string[]
}

export interface Journal {
  request(line: NewRequest): { id: string; earlierTries: number }
  end(id: string, line: { at: number; outcome: Outcome; tokens: number; firstAt?: number }): void
  /** Lines with `at >= since` and `seq > after`, oldest first, at most `limit`. */
  lines(filter: { since?: number; after?: number; limit?: number }): JournalLine[]
  /** Per correlation id; only those that start with `prefix`. */
  counts(prefix: string): Record<string, Counts>
  close(): void
}

/** Longer prompts are cut in the journal (not for the key). */
const PROMPT_KEPT = 2_000

const emptyCounts = (): Counts => ({
  requests: 0,
  completed: 0,
  aborted: 0,
  failed: 0,
  cut: 0,
  running: 0,
  tokens: 0,
  billed: 0,
})

function countLine(counts: Counts, line: JournalLine): void {
  if (line.kind === 'request') {
    counts.requests++
    counts.running++
    counts.billed++
    return
  }
  counts.running--
  counts[line.outcome]++
  counts.tokens += line.tokens
  if (line.outcome === 'failed') counts.billed--
}

/** Reads a journal's lines. A torn last line (the process was killed while writing it) is left out. */
export function parseJournal(text: string): JournalLine[] {
  return text.split('\n').flatMap((row) => {
    if (row === '') return []
    try {
      return [journalLine.parse(JSON.parse(row))]
    } catch {
      return [] // Torn by a kill, or not ours; a journal with a gap still serves.
    }
  })
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

export function openJournal(path: string, now: () => number): Journal {
  mkdirSync(dirname(path), { recursive: true })
  const before = readIfThere(path)
  const lines: JournalLine[] = []
  const tries = new Map<string, number>()
  const running = new Map<string, string>()
  let requests = 0
  let isClosed = false

  function remember(line: JournalLine): void {
    lines.push(line)
    if (line.kind === 'end') {
      running.delete(line.id)
      return
    }
    requests++
    running.set(line.id, line.correlationId)
    tries.set(line.key, (tries.get(line.key) ?? 0) + 1)
  }

  for (const line of parseJournal(before)) remember(line)
  const file = openSync(path, 'a')
  // A torn last line must not swallow the next one.
  if (before !== '' && !before.endsWith('\n')) appendFileSync(file, '\n')

  /** One synchronous write a line: it is with the operating system, and survives a kill -9, before the answer goes on. */
  function write(line: JournalLine): void {
    if (isClosed) return // Streams broken off while stopping: the next start closes their entries.
    appendFileSync(file, `${JSON.stringify(line)}\n`)
    remember(line)
  }

  const nextSeq = () => (lines.at(-1)?.seq ?? 0) + 1

  const journal: Journal = {
    request({ key, prompt, before: earlier = [], model = '', tools = [], ...line }) {
      const id = `chatcmpl-${requests + 1}`
      const earlierTries = tries.get(key) ?? 0
      const kept = { key, prompt: prompt.slice(0, PROMPT_KEPT), before: earlier, model, tools }
      write({ kind: 'request', seq: nextSeq(), id, ...line, ...kept, earlierTries })
      return { id, earlierTries }
    },
    end(id, line) {
      const correlationId = running.get(id)
      if (correlationId === undefined) return // Ended already: the first outcome counts.
      write({ kind: 'end', seq: nextSeq(), id, correlationId, ...line })
    },
    lines({ since = 0, after = 0, limit = 10_000 }) {
      return lines.filter((line) => line.at >= since && line.seq > after).slice(0, limit)
    },
    counts(prefix) {
      const table: Record<string, Counts> = {}
      for (const line of lines) {
        if (!line.correlationId.startsWith(prefix)) continue
        table[line.correlationId] ??= emptyCounts()
        countLine(table[line.correlationId] ?? emptyCounts(), line)
      }
      return table
    },
    close() {
      isClosed = true
      closeSync(file)
    },
  }

  // What ran when the last process died was broken off by it; how much of it was sent is not known.
  for (const id of [...running.keys()]) journal.end(id, { at: now(), outcome: 'cut', tokens: 0 })
  return journal
}
