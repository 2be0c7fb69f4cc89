/** Finds orders in texts that are not the person's prompt, as a model would that believes everything it reads. Pure. */
import { type ToolCall, takeJson } from './parseCalls.ts'
import { parseJson } from './sayCall.ts'

export interface Orders {
  calls: ToolCall[]
  says: string[]
}

/** All texts in a result, however deep, also those that are JSON themselves. */
function readTexts(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(readTexts)
  if (typeof value !== 'string') return []
  const inner = parseJson(value)
  return inner === undefined || typeof inner === 'number' ? [value] : readTexts(inner)
}

/** Text that quotes JSON escapes its quotes: a gullible reader sees through that. */
const takeOrderJson = (text: string) => takeJson(text) ?? takeJson(text.replaceAll('\\"', '"'))

const firstLine = (text: string) => (/^[^\n]*/.exec(text)?.[0] ?? '').trim()

export function findOrders(sources: readonly string[]): Orders {
  const orders: Orders = { calls: [], says: [] }
  for (const text of sources.flatMap(readTexts)) {
    for (const piece of text.split(/ORDER:\s*/).slice(1)) {
      const use = /^use\s+([\w.-]+)\s+with\s+/i.exec(piece)
      const json = use && takeOrderJson(piece.slice(use[0].length))?.json
      if (use && json) orders.calls.push({ name: use[1] ?? '', arguments: json })
      const said = /^say\s+([\s\S]+)$/i.exec(piece)?.[1]
      if (said !== undefined) orders.says.push(firstLine(said))
    }
  }
  return orders
}

const keyOf = ({ name, arguments: json }: ToolCall) => `${name} ${JSON.stringify(parseJson(json)) ?? json}`

/** The first order to call that was not yet followed. */
export function nextOrder({ calls }: Orders, made: readonly ToolCall[]): ToolCall | undefined {
  const followed = new Set(made.map(keyOf))
  return calls.find((call) => !followed.has(keyOf(call)))
}
