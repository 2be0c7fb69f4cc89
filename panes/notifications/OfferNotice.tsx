// “Shall this device tell you?”, with a yes and a no that count the same.
import { Bell } from 'lucide-react'
import { QuietButton } from '../../components/QuietButton.tsx'
import { notificationStrings } from '../../components/strings/notifications.ts'

const say = notificationStrings.offer

export function OfferNotice({ accept, decline }: { accept: () => void; decline: () => void }) {
  return (
    <div className="flex w-full items-start gap-3 rounded-xl border border-line bg-raised p-3.5 text-sm text-ink shadow-[0_6px_24px_var(--shade)]">
      <Bell size={18} aria-hidden="true" className="mt-0.5 shrink-0 text-lamp" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{say.words}</p>
        <p className="mt-0.5 leading-snug text-soft text-pretty">{say.more}</p>
        <div className="mt-2.5 flex flex-wrap gap-2">
          <QuietButton tone="framed" onClick={accept} className="pointer-coarse:min-h-11">
            {say.yes}
          </QuietButton>
          <QuietButton onClick={decline} className="pointer-coarse:min-h-11">
            {say.no}
          </QuietButton>
        </div>
      </div>
    </div>
  )
}
