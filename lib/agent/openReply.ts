/** What a model step holds while it works: the ear for its turn's end, the pen for its text, the word that it thinks. */
import { api } from '../../convex/_generated/api.js'
import { serviceMutation, watchFence } from '../convex/serviceClient.ts'
import { AFTER_WORK, type OpenStep } from './ledgerStep.ts'
import { createTextWriter, type TextWriter } from './textWriter.ts'

export interface OpenReply {
  writer: TextWriter
  /** Told once, beside the stream. Only a word on the screen hangs on it: if it fails, the reply goes on. */
  showThinking(): void
  /** Listens and writes no more. What is not stored is dropped. */
  close(): void
}

/** `stop` is aborted when the turn goes to somebody else: told by subscription within moments, and by refused writes for certain. */
export function openReply(
  { turn: { turnId }, step, fence }: OpenStep,
  stop: AbortController,
  flushMs: number,
): OpenReply {
  const under = { turnId, step, fence }
  const patience = { ...AFTER_WORK, signal: stop.signal }
  const end = () => stop.abort()
  const unfollow = watchFence(turnId, (now) => {
    // An older epoch is a subscription that lags behind our own claim.
    if (now && now.epoch < fence.epoch) return
    if (!now || now.epoch > fence.epoch || now.state !== 'processing') end()
  })
  const writer = createTextWriter({
    append: (offset, text) => serviceMutation(api.service.text.append, { ...under, offset, text }, patience),
    flushMs,
    onStale: end,
    onError: end,
  })
  return {
    writer,
    showThinking() {
      serviceMutation(api.service.text.think, under, patience).then(
        (answer) => answer.kind === 'stale' && end(),
        (error: unknown) => {
          if (stop.signal.aborted) return
          console.warn(JSON.stringify({ at: 'showThinking', turnId, step, ...fence, problem: String(error) }))
        },
      )
    },
    close() {
      unfollow()
      writer.stop()
    },
  }
}
