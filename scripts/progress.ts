/** Lines for the person at the terminal: what is being done, that it is still going, how long it took. */
const STILL_AFTER_MS = 5_000

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Says what starts, every five seconds that it goes on, and how long it took. */
export async function withProgress<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1)
  say(`${what} …`)
  const ticker = setInterval(() => say(`${what} … ${Math.round(Number(seconds()))} s`), STILL_AFTER_MS)
  try {
    const result = await work()
    say(`${what}: ${seconds()} s`)
    return result
  } finally {
    clearInterval(ticker)
  }
}
