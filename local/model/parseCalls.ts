/** Reads `<tool> with <json> and <tool> with <json> …`, as a person or an order in a text writes it. Pure. */
export interface ToolCall {
  name: string
  /** JSON text; a nonsense call's is none. */
  arguments: string
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The JSON object that a text begins with, and what follows it: found by its braces, strings apart. */
export function takeJson(text: string): { json: string; rest: string } | undefined {
  if (!text.startsWith('{')) return undefined
  let depth = 0
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\[\s\S])*"|[{}]/g)) {
    if (token === '{') depth++
    if (token === '}') depth--
    if (depth > 0) continue
    const json = text.slice(0, index + token.length)
    return isJson(json) ? { json, rest: text.slice(json.length) } : undefined
  }
  return undefined
}

/** What is no JSON is sent as it stands: a model may do that, too. */
export function parseCalls(text: string): { calls: ToolCall[]; times?: number } | undefined {
  const head = /^([\w.-]+)(?: (\d+) times)? with\s+/i.exec(text)
  if (!head) return undefined
  const [whole, name = '', times] = head
  const taken = takeJson(text.slice(whole.length)) ?? { json: text.slice(whole.length).trim(), rest: '' }
  const more = /^\s+and\s+([\s\S]+)$/i.exec(taken.rest)?.[1]
  const others = more === undefined ? undefined : parseCalls(more)
  if (taken.rest.trim() !== '' && !others) return undefined
  const calls = [{ name, arguments: taken.json }, ...(others?.calls ?? [])]
  return times === undefined ? { calls } : { calls: calls.slice(0, 1), times: Number(times) }
}
