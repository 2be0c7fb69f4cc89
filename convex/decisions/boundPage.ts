/** A page is as long as a page may be, whatever a client asks for. */
import type { PaginationOptions } from 'convex/server'

const maxPage = 100

export function boundPage(asked: PaginationOptions): PaginationOptions {
  const numItems = Number.isFinite(asked.numItems) ? Math.floor(asked.numItems) : 1
  return { ...asked, numItems: Math.min(Math.max(numItems, 1), maxPage) }
}
