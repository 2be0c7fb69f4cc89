// Reads a whole thread, page by page, and hands it to the browser as a file.
import type { ConvexReactClient } from 'convex/react'
import { formatDateTime } from '../../components/clockTime.ts'
import { saveFile } from '../../components/saveFile.ts'
import { exportStrings } from '../../components/strings/export.ts'
import { threadStrings } from '../../components/strings/threads.ts'
import { api } from '../../convex/_generated/api.js'
import type { MessageView } from '../../convex/validators.ts'
import { type ExportFormat, fileNameOf, threadAsJson, threadAsMarkdown } from '../../lib/chat/exportThread.ts'
import { showNotice } from '../notices/showNotice.ts'
import type { NamedThread } from './threadRow.ts'

/** As many as the database gives at once. */
const PAGE = 100

export async function downloadThread(
  convex: ConvexReactClient,
  { threadId, title }: NamedThread,
  format: ExportFormat,
): Promise<void> {
  const messages = await readAll(convex, threadId)
  const thread = { threadId, title, exportedAt: Date.now(), messages }
  const text = format === 'markdown' ? threadAsMarkdown(thread, exportStrings, formatDateTime) : threadAsJson(thread)
  const name = fileNameOf(title, format, exportStrings.fileName)
  const type = format === 'markdown' ? 'text/markdown' : 'application/json'
  saveFile(name, new Blob([text], { type: `${type};charset=utf-8` }))
  showNotice(`thread:${threadId}`, { tone: 'quiet', words: threadStrings.exported(name) })
}

/** The branch that is shown, oldest first. What has not settled yet is no part of it. Nothing is kept until everything is read. */
async function readAll(convex: ConvexReactClient, threadId: string): Promise<MessageView[]> {
  const messages: MessageView[] = []
  let cursor: string | null = null
  for (;;) {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(convex, threadId, cursor)
    messages.push(...page.page)
    if (page.isDone) return messages.reverse()
    cursor = page.continueCursor
  }
}

const readPage = (convex: ConvexReactClient, threadId: string, cursor: string | null) =>
  convex.query(api.messages.page, { threadId, paginationOpts: { numItems: PAGE, cursor } })
