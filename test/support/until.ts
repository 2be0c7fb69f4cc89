/** Waits for a fact instead of sleeping: polls until `read` gives something, or fails with what was last seen. */
export async function until<T>(
  what: string,
  read: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  { withinMs = 15_000, everyMs = 25 }: { withinMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + withinMs
  let lastError: unknown
  for (;;) {
    try {
      const value = await read()
      if (value !== undefined && value !== null && value !== false) return value
      lastError = undefined
    } catch (error) {
      lastError = error
    }
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}.`, { cause: lastError })
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}
