// While a known conversation is fetched: its outline, so that little moves when it comes.
import { strings } from '../../components/strings.ts'

export function LoadingState({ isOnline = true }: { isOnline?: boolean }) {
  // Without a network nothing is on its way.
  if (!isOnline)
    return <p className="m-auto max-w-xs pb-8 text-center text-soft text-pretty">{strings.offline.notHere}</p>
  return (
    <div role="status" aria-label={strings.conversation.loading} className="mt-auto animate-pulse space-y-7 pb-8">
      <div className="ml-auto h-11 w-52 rounded-[1.25rem] rounded-br-md bg-bubble" />
      <div className="space-y-3">
        <div className="h-3.5 w-11/12 rounded-full bg-bubble" />
        <div className="h-3.5 w-full rounded-full bg-bubble" />
        <div className="h-3.5 w-2/3 rounded-full bg-bubble" />
      </div>
    </div>
  )
}
