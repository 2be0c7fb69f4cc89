/** A tool's output as the reply has room for it. What is too much is left out, with a word to the model: a committed call never runs again. */
import { maxMaterialChars } from '../../lib/chat/messageLimits.ts'
import type { Part } from '../validators.ts'
import { partsLength } from './foldReply.ts'

export function fitOutput(parts: readonly Part[], output: string): string {
  if (partsLength(parts) + output.length <= maxMaterialChars) return output
  const missing = `It has ended, and its result of ${output.length} characters is left out: this reply has no room for more.`
  return JSON.stringify(`[${missing} Do not call it again; answer with what is here.]`)
}
