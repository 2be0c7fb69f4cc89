// What the person added while the reply was being made, at the place where it was taken in.
import { strings } from '../../components/strings.ts'
import { Bubble } from './Bubble.tsx'

export function SteerBubble({ messageId, text }: { messageId: string; text: string }) {
  return (
    <div
      role="note"
      aria-label={strings.steer.name}
      data-steer-id={messageId}
      className="my-3 flex flex-col items-end gap-0.5"
    >
      <span aria-hidden="true" className="px-1.5 text-xs text-soft">
        {strings.steer.name}
      </span>
      <Bubble isSmall>{text}</Bubble>
    </div>
  )
}
