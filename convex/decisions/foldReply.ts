/** What a reply's pieces amount to: committed parts and text still running become what is kept. */
import type { Part } from '../validators.ts'

export interface Folded {
  /** All of it when the reply is nothing but text, else ''. Kept once: one document holds 1 MiB. */
  text: string
  parts: Part[] | undefined
}

/** The parts so far, with the text that was running behind them. */
export function withLiveText(parts: readonly Part[], live: { step: string; text: string } | null): Part[] {
  return live && live.text !== '' ? [...parts, { type: 'text', step: live.step, text: live.text }] : [...parts]
}

/** At the end of a turn. A tool that still ran then will not report any more. */
export function foldReply(parts: readonly Part[]): Folded {
  if (parts.every((part) => part.type === 'text')) return { text: joinText(parts), parts: undefined }
  const ended = parts.map((part) =>
    part.type === 'tool' && part.state === 'running' ? { ...part, state: 'failed' as const } : part,
  )
  return { text: '', parts: ended }
}

/** The words alone. A model's step that goes on where its budget ended joins without a seam; after a tool a new paragraph begins. */
export function joinText(parts: readonly Part[]): string {
  let text = ''
  let afterTool = false
  for (const part of parts) {
    if (part.type !== 'text') {
      afterTool ||= part.type !== 'reasoning'
    } else if (part.text !== '') {
      text += afterTool && text !== '' ? `\n\n${part.text}` : part.text
      afterTool = false
    }
  }
  return text
}

/** How much of a document's 1 MiB the pieces take, in UTF-16 units; thoughts have a limit of their own (commitParts). */
export function partsLength(parts: readonly Part[]): number {
  let length = 0
  for (const part of parts) {
    if (part.type === 'reasoning') continue
    length += part.type === 'tool' ? part.input.length + (part.output?.length ?? 0) : part.text.length
  }
  return length
}
