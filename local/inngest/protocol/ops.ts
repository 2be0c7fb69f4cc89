/** The ops an app reports in a 206 answer or a checkpoint, parsed. Unknown fields are tolerated, unknown ops are named. */
import { isObject, type Json, type JsonObject, textOf } from './json.ts'

interface Timing {
  startedAt?: number
  endedAt?: number
}

/** `group.parallel({ mode: 'race' })`: this step's end wakes the function without waiting for its siblings. */
interface Planning {
  race: boolean
}

export type Op =
  | ({ op: 'StepRun'; id: string; name: string; data: Json } & Timing & Planning)
  | ({ op: 'StepError' | 'StepFailed'; id: string; name: string; error: Json } & Timing & Planning)
  | ({ op: 'StepPlanned'; id: string; name: string } & Planning)
  | ({ op: 'Sleep'; id: string; name: string; until: string } & Planning)
  | { op: 'RunComplete'; data: Json }
  | { op: 'RunError'; final: boolean; error: Json }
  | { op: 'DiscoveryRequest' }
  | { op: 'unsupported'; kind: string; name: string }

/** SHA-1 of "complete": the id under which run-level results are reported. */
const runLevelId = '0737c22d3bfae812339732d14d8c7dbd6dc4e09c'

/** The ops of an answer, in the order to apply them, or undefined when it is not a list of ops. */
export function parseOps(body: Json | undefined): Op[] | undefined {
  const list = Array.isArray(body) ? body : isObject(body) ? [body] : undefined
  if (!list?.every(isObject)) return undefined
  const ops = list.map(parseOp)
  // What a run has done must be on record before it is declared complete.
  return [...ops.filter((op) => op.op !== 'RunComplete'), ...ops.filter((op) => op.op === 'RunComplete')]
}

function parseOp(raw: JsonObject): Op {
  const kind = textOf(raw['op']) ?? 'none'
  const id = textOf(raw['id']) ?? ''
  const opts = isObject(raw['opts']) ? raw['opts'] : {}
  const name = stepName(raw, id)
  const race = opts['parallelMode'] === 'race'
  const data = raw['data'] ?? null
  const error = raw['error'] ?? { name: 'Error', message: `Step "${name}" failed without saying why.` }
  if (kind === 'RunComplete') return { op: kind, data }
  if (kind === 'DiscoveryRequest') return { op: kind }
  if (id === '') return { op: 'unsupported', kind: `${kind} without an id`, name }
  switch (kind) {
    case 'StepRun':
      return { op: kind, id, name, data, race, ...parseTiming(raw['timing']) }
    case 'StepError':
    case 'StepFailed':
      if (id === runLevelId) return { op: 'RunError', final: kind === 'StepFailed', error }
      return { op: kind, id, name, error, race, ...parseTiming(raw['timing']) }
    case 'StepPlanned':
      return { op: kind, id, name, race }
    case 'Sleep':
      return { op: kind, id, name, race, until: textOf(opts['duration']) ?? textOf(raw['name']) ?? '' }
    default:
      return { op: 'unsupported', kind, name }
  }
}

function stepName(raw: JsonObject, id: string): string {
  const userland = isObject(raw['userland']) ? textOf(raw['userland']['id']) : undefined
  return textOf(raw['displayName']) ?? userland ?? textOf(raw['name']) ?? id
}

/** `a` is the start and `b` the duration, both in nanoseconds. */
function parseTiming(raw: Json | undefined): Timing {
  if (!isObject(raw) || typeof raw['a'] !== 'number' || typeof raw['b'] !== 'number') return {}
  const startedAt = Math.floor(raw['a'] / 1e6)
  return { startedAt, endedAt: startedAt + Math.round(raw['b'] / 1e6) }
}
