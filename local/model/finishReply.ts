/** What every reply goes through: it goes on where it stopped, names what was taken in, keeps its limit. Pure. */
import type { Conversation } from './readConversation.ts'
import { type Reply, say } from './reply.ts'
import { splitTokens } from './splitTokens.ts'

const isSpace = (character: string | undefined) => character !== undefined && /\s/.test(character)

/** What of the text is left to say. White space does not count: a stored reply may have lost some at its ends. */
function restAfter(text: string, spoken: string): string | undefined {
  if (text.startsWith(spoken)) return text.slice(spoken.length)
  let at = 0
  for (let index = 0; index < spoken.length; index++) {
    if (isSpace(spoken[index])) continue
    while (isSpace(text[at])) at++
    if (text[at] !== spoken[index]) return undefined
    at++
  }
  return text.slice(at)
}

/** A reply that was paused or stopped goes on from there, without thinking it all over again. */
function continueFrom(reply: Reply, { spoken, isToGoOn }: Conversation): Reply {
  if (reply.kind !== 'say' || spoken === '' || reply.ending !== 'stop') return reply
  const rest = restAfter(reply.tokens.join(''), spoken)
  if (rest === undefined) return reply
  return say(rest === '' && isToGoOn ? 'That was all.' : rest)
}

function nameSteered(reply: Reply, { steered }: Conversation): Reply {
  if (reply.kind !== 'say' || reply.ending !== 'stop' || steered.length === 0) return reply
  const added = steered.map((text) => ` (Also noted: ${text.trim()})`).join('')
  return { ...reply, tokens: [...reply.tokens, ...splitTokens(added)] }
}

function limitTokens(reply: Reply, most: number | null | undefined): Reply {
  if (reply.kind !== 'say' || most === null || most === undefined || reply.tokens.length <= most) return reply
  return { ...reply, tokens: reply.tokens.slice(0, most), ending: reply.ending === 'stop' ? 'length' : reply.ending }
}

export function finishReply(reply: Reply, conversation: Conversation, mostTokens: number | null | undefined): Reply {
  return limitTokens(continueFrom(nameSteered(reply, conversation), conversation), mostTokens)
}
