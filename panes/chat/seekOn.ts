// What is looked for in a conversation, which is read a page at a time: whether to go on. Pure.
import type { Earlier } from './EarlierMessages.tsx'

type SeekStep = 'found' | 'load' | 'wait' | 'gone'

export function seekOn(isThere: boolean, state: Earlier['state']): SeekStep {
  // What this device remembers may hold more than the first live page: until that is here, it is still looked for.
  if (state === 'unknown') return 'wait'
  if (isThere) return 'found'
  if (state === 'more') return 'load'
  return state === 'all' ? 'gone' : 'wait'
}
