// The last reply and the last code of a conversation, as its messages hold them: what is not drawn counts too. Pure.
import { composeReply, textOfReply } from './composeReply.ts'
import { nothingFollowed } from './followedText.ts'
import type { ConversationItem } from './mergeConversation.ts'

/** Null: nothing has been said yet. A reply that is being written counts once some of it is saved. */
export function lastReplyOf(items: readonly ConversationItem[]): string | null {
  return findLastReply(items, (text) => (text === '' ? null : text))
}

export function lastCodeOf(items: readonly ConversationItem[]): string | null {
  return findLastReply(items, lastFenceOf)
}

function findLastReply(items: readonly ConversationItem[], read: (text: string) => string | null): string | null {
  for (const item of items.toReversed()) {
    if (item.kind !== 'message' || item.message.role !== 'assistant') continue
    const found = read(textOfReply(composeReply(item.message, nothingFollowed)))
    if (found !== null) return found
  }
  return null
}

/** As CommonMark has it: a fence ends with its own sign, at least as often, or with the text. Its indentation is taken off its lines. */
function lastFenceOf(markdown: string): string | null {
  let last: string | null = null
  let open: { sign: string; indent: number; lines: string[] } | null = null
  for (const line of markdown.split('\n')) {
    if (open === null) {
      const start = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})/.exec(line)
      if (start !== null) open = { sign: start[2] ?? '', indent: start[1]?.length ?? 0, lines: [] }
    } else if (isEnd(line, open.sign)) {
      last = open.lines.join('\n')
      open = null
    } else {
      open.lines.push(line.replace(new RegExp(`^ {0,${open.indent}}`), ''))
    }
  }
  return open === null ? last : open.lines.join('\n')
}

function isEnd(line: string, sign: string): boolean {
  const end = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1]
  return end !== undefined && end[0] === sign[0] && end.length >= sign.length
}
