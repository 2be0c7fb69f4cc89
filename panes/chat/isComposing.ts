// Whether a key belongs to an input method, which composes a word.
import type { KeyboardEvent } from 'react'

/** While an input method composes, Enter chooses a word. Safari reports the key after the composition has ended, as 229. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229
}
