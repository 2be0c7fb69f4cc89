// Why the database did not do what was asked, in words for people: its own, or what the caller says when there is no answer at all.
import { ConvexError } from 'convex/values'

export function explainFailure(cause: unknown, otherwise: string): string {
  if (!(cause instanceof ConvexError)) return otherwise
  const data: unknown = cause.data
  if (typeof data !== 'object' || data === null || !('message' in data) || typeof data.message !== 'string')
    return otherwise
  return 'hint' in data && typeof data.hint === 'string' ? `${data.message} ${data.hint}` : data.message
}
