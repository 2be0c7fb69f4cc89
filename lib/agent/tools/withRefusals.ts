/** Calls the database for a tool; its refusals become sentences for the model. */
import { ConvexError } from 'convex/values'

/** Anything else (the database is away) stays what it is, and the call is made again by its step. */
export async function withRefusals<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call()
  } catch (error) {
    const refusal = refusalOf(error)
    throw refusal === null ? error : new Error(refusal)
  }
}

function refusalOf(error: unknown): string | null {
  if (!(error instanceof ConvexError)) return null
  const data: unknown = error.data
  if (typeof data !== 'object' || data === null || !('message' in data)) return null
  return 'hint' in data ? `${data.message} ${data.hint}` : String(data.message)
}
