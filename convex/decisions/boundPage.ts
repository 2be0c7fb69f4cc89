/** A page is as long as a page may be, whatever a client asks for. */
import type { PaginationOptions } from 'convex/server'

const maxPage = 100

export function boundPage(asked: PaginationOptions): PaginationOptions {
  const numItems = Number.isFinite(asked.numItems) ? Math.floor(asked.numItems) : 1
  return { ...asked, numItems: Math.min(Math.max(numItems, 1), maxPage) }
}

/** Rows that are passed over are read all the same: a transaction may read 16 MiB, and a message be a good part of one. */
const maxRowsRead = 1000
const maxBytesRead = 6 * 1024 * 1024

export function boundSkipping(asked: PaginationOptions): PaginationOptions {
  return { ...asked, maximumRowsRead: maxRowsRead, maximumBytesRead: maxBytesRead }
}
