/** Between two looks, ms, if not said otherwise: at first, and at most. Looking takes processor time from what is waited for. */
const OFTEN_MS = 25
const SELDOM_MS = 100

/** Waits for a fact instead of sleeping: polls until `read` gives something, or fails with what was last seen. */
export async function until<T>(
  what: string,
  read: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  { withinMs = 30_000, everyMs }: { withinMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + withinMs
  let lastError: unknown
  for (let pause = OFTEN_MS; ; pause = Math.min(pause * 1.25, SELDOM_MS)) {
    try {
      const value = await read()
      if (value !== undefined && value !== null && value !== false) return value
      lastError = undefined
    } catch (error) {
      lastError = error
    }
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}.`, { cause: lastError })
    await new Promise((resolve) => setTimeout(resolve, everyMs ?? pause))
  }
}
