/** A rough measure of tokens that errs on neither side by much: four UTF-16 units each. */
import type { Doc } from '../_generated/dataModel.js'
import { partsLength } from './foldReply.ts'

const charsPerToken = 4

export function estimateTokens(chars: number): number {
  return Math.ceil(chars / charsPerToken)
}

/** Of a message as it is told: its parts, or its text where there are none. */
export function tokensOfMessage({ text, parts }: Pick<Doc<'messages'>, 'text' | 'parts'>): number {
  return estimateTokens(parts ? partsLength(parts) : text.length)
}
