/** What a reply sends, in stages: first what is thought, then what is said, each at its own pace. */
import { encodeReasoning, encodeText } from './encodeChunks.ts'
import { type Pacing, paceTokens } from './paceTokens.ts'
import type { Performance } from './performReply.ts'

/** Tokens of one kind, at one pace; the next stage begins when the last of them has had its time. */
export interface Stage {
  tokens: string[]
  encode: (token: string) => string
  tokensPerSecond: number
}

/** What is thought, and then what is said; a call is sent as one, at the end. */
export function stagesOf({ reply, head, tokensPerSecond }: Performance): { reasoning: Stage[]; said: Stage } {
  const said = { tokens: reply.kind === 'say' ? reply.tokens : [], tokensPerSecond }
  const thought = reply.kind === 'say' || reply.kind === 'call' ? reply.reasoning : undefined
  const tokens = thought?.tokens ?? []
  const pace = thought?.seconds ? tokens.length / thought.seconds : tokensPerSecond
  const encode = (token: string) => encodeReasoning(head, token)
  return {
    reasoning: thought ? [{ tokens, encode, tokensPerSecond: pace }] : [],
    said: { ...said, encode: (token) => encodeText(head, token) },
  }
}

/** Sends the stages one after the other, each by its schedule; `done` follows the last token. Gives the time of the first. */
export function paceStages(
  performance: Performance,
  stages: Stage[],
  write: (events: string) => boolean,
  done: () => void,
) {
  const { clock, response, reply, ttftMs, onEnd } = performance
  const firstAt = clock.now() + ttftMs + (reply.kind === 'say' ? reply.silentMs : 0)
  let sent = 0
  let pacing: Pacing | undefined
  const begin = (index: number, at: number): void => {
    const stage = stages[index]
    if (!stage) {
      done()
      return
    }
    const { tokens, encode, tokensPerSecond } = stage
    pacing = paceTokens({
      clock,
      firstAt: at,
      tokensPerSecond,
      count: tokens.length,
      send(from, to) {
        sent += to - from
        return write(tokens.slice(from, to).map(encode).join(''))
      },
      done: () => begin(index + 1, at + (tokens.length * 1000) / tokensPerSecond),
    })
  }
  begin(0, firstAt)
  response.on('drain', () => pacing?.resume())
  response.on('close', () => {
    pacing?.stop()
    // Ignored when the reply has ended: the first outcome counts.
    onEnd('aborted', sent, sent > 0 ? firstAt : undefined)
  })
  return firstAt
}
