// Below the list: which keys walk it. Where there is no keyboard they are left out.
import { paletteStrings as say } from '../../components/strings/palette.ts'
import { isApple } from '../shortcuts/isApple.ts'
import { Keys } from '../shortcuts/Keys.tsx'
import { keyCaps } from '../shortcuts/shortcutTable.ts'

export function PaletteHints({ isWide }: { isWide: boolean }) {
  const caps = (pressed: string) => keyCaps(pressed, isApple())
  return (
    <p
      aria-hidden="true"
      className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-4 py-2 text-xs text-soft pointer-coarse:hidden"
    >
      <Hint caps={['↑', '↓']} words={say.keys.move} />
      <Hint caps={caps('Enter')} words={say.keys.open} />
      {isWide ? <Hint caps={caps('$mod+Enter')} words={say.keys.beside} /> : null}
      <Hint caps={caps('Escape')} words={say.keys.close} />
    </p>
  )
}

function Hint({ caps, words }: { caps: readonly string[]; words: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <Keys caps={caps} />
      {words}
    </span>
  )
}
