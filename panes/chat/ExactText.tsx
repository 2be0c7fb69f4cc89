// Text of unknown origin, exactly as it is: what cannot be seen, or would make something else be seen, is drawn as a mark.
import { waitStrings } from '../../components/strings/waits.ts'
import { revealText } from './revealText.ts'

export function ExactText({ text }: { text: string }) {
  return revealText(text).map((part, place) =>
    part.kind === 'plain' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
      <bdi key={place}>{part.text}</bdi>
    ) : (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
        key={place}
        title={waitStrings.hidden(part.code)}
        className="mx-0.5 rounded bg-bad-wash px-1 font-mono text-[0.8em] whitespace-nowrap text-bad"
      >
        {part.code}
      </span>
    ),
  )
}
