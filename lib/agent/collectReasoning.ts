/** What a model thinks while it streams: how it reads, how long it took, and that it has begun. */
import { maxReasoningChars } from '../chat/messageLimits.ts'

export interface Reasoning {
  text: string
  ms: number
}

export interface ReasoningCollector {
  /** A part of the stream that is thought, perhaps without words: some providers hide them. */
  think(text: string): void
  /** Any other part: for now the thinking is over. */
  speak(): void
  /** Undefined: it did not think. */
  readonly result: Reasoning | undefined
}

/** `onBegin` is called once, at the first thought. Stretches of thought, between which the model spoke, are one with a blank line between. */
export function collectReasoning(onBegin: () => void, now: () => number): ReasoningCollector {
  let text = ''
  let ms = 0
  let since: number | undefined
  let hasThought = false

  return {
    think(more) {
      if (since === undefined) {
        since = now()
        if (!hasThought) onBegin()
        else if (text !== '') text += '\n\n'
        hasThought = true
      }
      // A model may think without end: what is kept has one.
      if (text.length < maxReasoningChars) text = (text + more).slice(0, maxReasoningChars)
    },
    speak() {
      if (since === undefined) return
      ms += now() - since
      since = undefined
    },
    get result() {
      if (!hasThought) return undefined
      const running = since === undefined ? 0 : now() - since
      return { text: text.trim().toWellFormed(), ms: Math.max(0, Math.round(ms + running)) }
    },
  }
}
