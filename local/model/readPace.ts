/** How fast the assistant speaks, from the environment. */
function readNumber(env: Record<string, string | undefined>, name: string, fallback: number, least: number): number {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isFinite(value) || value < least)
    throw new Error(`${name} is "${text}"; it must be a number of at least ${least}.`)
  return value
}

export function readPace(env: Record<string, string | undefined>): { ttftMs: number; tokensPerSecond: number } {
  return {
    ttftMs: readNumber(env, 'LOCAL_MODEL_TTFT_MS', 150, 0),
    tokensPerSecond: readNumber(env, 'LOCAL_MODEL_TPS', 30, 0.1),
  }
}
