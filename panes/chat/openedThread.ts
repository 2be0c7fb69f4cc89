// What the tool openThread came to, read out of a reply's parts. A tool's output is text of a worker that may be older: read with care. Pure.
import type { TailMessage } from '../../convex/validators.ts'
import { isClientId } from '../../lib/chat/messageLimits.ts'
import type { ToolPart } from './composeReply.ts'

export type OpenedThread = { threadId: string; title: string }

const toolName = 'openThread'

/** Null: another tool, not done, or nothing that leads anywhere. */
export function openedThread(part: ToolPart): OpenedThread | null {
  if (part.name !== toolName || part.state !== 'done' || part.output === undefined) return null
  const output = parse(part.output)
  if (typeof output !== 'object' || output === null || !('open' in output)) return null
  const { open } = output
  if (typeof open !== 'string' || !isClientId(open)) return null
  const title = 'title' in output && typeof output.title === 'string' ? output.title : ''
  return { threadId: open, title }
}

/** All of a reply's, each with a name that stays the same. */
export function openedIn(message: TailMessage): { key: string; opened: OpenedThread }[] {
  return (message.parts ?? []).flatMap((part) => {
    const opened = part.type === 'tool' ? openedThread(part) : null
    return part.type === 'tool' && opened !== null ? [{ key: `${message.messageId}/${part.step}`, opened }] : []
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
