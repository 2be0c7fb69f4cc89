// The running text of a reply, gathered from answers that each carry only what is new. Pure: the subscription and the
// clock are in useFollowedText.ts.

/** Asking again from further on costs one round trip; until then every answer repeats the text since `from`. In UTF-16 units. */
export const STRIDE = 768

/** What messages.follow is asked for: this stream (`<epoch>.<step>.<try>`), from this offset. */
export type FollowRequest = { key: string | null; from: number }
export type FollowAnswer = { key: string | null; from: number; text: string }

export type FollowedText = {
  /** The stream the text belongs to; null before the first word of any. */
  key: string | null
  text: string
  request: FollowRequest
}

export const nothingFollowed: FollowedText = { key: null, text: '', request: { key: null, from: 0 } }

/** Takes in one answer. One that is older than what is held changes nothing; one that leaves a gap asks again from the start. */
export function followText(state: FollowedText, answer: FollowAnswer): FollowedText {
  if (answer.from > (answer.key === state.key ? state.text.length : 0)) return askAfresh(state)
  if (answer.key !== state.key) return beginStream(state, answer)
  const text = state.text.slice(0, answer.from) + answer.text
  return text.length > state.text.length ? askFurther({ ...state, text }) : state
}

/**
 * A new stream replaces the old text in one update, and only when its first word has come: until then the person keeps
 * what was there. Two tries are never mixed, since nothing of the old text is carried over.
 */
function beginStream(state: FollowedText, answer: FollowAnswer): FollowedText {
  if (answer.key === null || answer.text === '') return state
  return askFurther({ ...state, key: answer.key, text: answer.text })
}

function askFurther(state: FollowedText): FollowedText {
  const { key, text, request } = state
  const answeredFrom = request.key === key ? request.from : 0
  return text.length - answeredFrom < STRIDE ? state : { ...state, request: { key, from: wholeCharacters(text) } }
}

function askAfresh(state: FollowedText): FollowedText {
  const { request } = state
  return request.key === null && request.from === 0 ? state : { ...state, request: { key: null, from: 0 } }
}

/** Never between the halves of a surrogate pair: a half alone would arrive as a replacement character. */
function wholeCharacters(text: string): number {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff ? text.length - 1 : text.length
}

/** `3.model-1.2` → `model-1`. */
export function stepOf(key: string): string {
  return key.slice(key.indexOf('.') + 1, key.lastIndexOf('.'))
}
