/** Asks a part over HTTP whether it serves. */
const PATIENCE_MS = 5_000

async function get(url: string): Promise<{ status: number; text: string } | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'manual' })
    return { status: response.status, text: await response.text() }
  } catch {
    return undefined // Not listening yet, or no longer.
  }
}

/** A stand-in serves when its `/health` answers 200. */
export const isHealthy = async (origin: string) => (await get(`${origin}/health`))?.status === 200

/** The web process serves when it answers at all: `/api/health` says 503 while another part is away. */
export const isAnswering = async (url: string) => (await get(url)) !== undefined

/** The local Inngest knows the app's functions: before that, a message would find nobody to work on it. */
export async function isRegistered(origin: string): Promise<boolean> {
  const answer = await get(`${origin}/health`)
  if (answer?.status !== 200) return false
  const { functions } = JSON.parse(answer.text)
  return Array.isArray(functions) && functions.length > 0
}

/** What `/api/health` of the app says: ready, or why not. */
export async function readAppHealth(origin: string): Promise<{ isReady: boolean; detail: string }> {
  const answer = await get(`${origin}/api/health`)
  if (!answer) return { isReady: false, detail: 'no answer' }
  return { isReady: answer.status === 200, detail: `HTTP ${answer.status} ${answer.text.slice(0, 500)}` }
}
