'use client'
// What can be done with a reply that has ended: copy it, try again, go on, make it anew, look at other versions, look into its job.
import { Info, Play } from 'lucide-react'
import { CopyButton } from '../../components/CopyButton.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'
import type { TailMessage } from '../../convex/validators.ts'
import { isSettled } from '../../lib/chat/messageStatus.ts'
import { useWorkspace } from '../workspace/workspaceContext.ts'
import type { Versions } from './arrangeConversation.ts'
import { MessageControls } from './MessageControls.tsx'
import { MessageTime } from './MessageTime.tsx'
import type { MessageDoings } from './messageDoings.ts'
import { RegenerateButton } from './RegenerateButton.tsx'
import { StatusLine } from './StatusLine.tsx'
import type { StatusWords } from './statusWords.ts'
import { type Asking, useAsking } from './useAsking.ts'
import { VersionPicker } from './VersionPicker.tsx'

type ReplyActionsProps = {
  message: TailMessage
  /** What it is doing, while it runs. */
  status: StatusWords | null
  text: string
  versions: Versions | undefined
  mayGoOn: boolean
  doings: MessageDoings
}

export function ReplyActions({ message, status, text, versions, mayGoOn, doings }: ReplyActionsProps) {
  const asking = useAsking()
  const isOver = isSettled(message.status)
  return (
    <>
      {/* As high while it runs, and what is there already comes first: neither the first word nor the end of a reply moves anything. */}
      <div className="-ml-2.5 flex min-h-11 flex-wrap pt-1 items-center">
        <DetailsButton messageId={message.messageId} />
        {versions === undefined ? null : <LiveVersions versions={versions} asking={asking} doings={doings} />}
        {text === '' ? null : <CopyButton label={strings.actions.copyReply} text={() => text} />}
        <Again message={message} asking={asking} doings={doings} />
        {isOver ? <MessageTime at={message.settledAt ?? message.createdAt} /> : null}
        {status === null ? null : (
          <div className="min-w-0 flex-1 pl-0.5">
            <StatusLine status={status} />
          </div>
        )}
        <span className="flex flex-wrap items-center gap-1.5 pl-1">
          {mayGoOn ? <GoOnButton message={message} asking={asking} doings={doings} /> : null}
          <MessageControls message={message} carriesTurn doings={doings} />
        </span>
      </div>
      {asking.why === null ? null : (
        <p role="alert" className="text-sm text-bad">
          {asking.why}
        </p>
      )}
    </>
  )
}

type ActionProps = { message: TailMessage; asking: Asking; doings: MessageDoings }

/** What still waits for an answer goes on by itself, and what was tried again has its place taken. */
function Again({ message, asking, doings }: ActionProps) {
  if (!isSettled(message.status) || message.status === 'waiting' || message.superseded === true) return null
  return (
    <RegenerateButton
      isAsking={asking.isAsking}
      regenerate={(model) =>
        asking.ask(() => doings.regenerate(message.messageId, model), strings.reply.regenerateFailed)
      }
    />
  )
}

function GoOnButton({ message, asking, doings }: ActionProps) {
  return (
    <QuietButton
      tone="framed"
      aria-disabled={asking.isAsking}
      onClick={() => asking.ask(() => doings.goOn(message.messageId), strings.reply.goOnFailed)}
    >
      <Play size={14} aria-hidden="true" />
      {strings.reply.goOn}
    </QuietButton>
  )
}

function LiveVersions({ versions, asking, doings }: { versions: Versions; asking: Asking; doings: MessageDoings }) {
  return (
    <VersionPicker
      versions={versions}
      select={(turnId) => asking.ask(() => doings.selectVersion(turnId), strings.versions.failed)}
    />
  )
}

/** Also while it runs: what it is doing is seen there. */
function DetailsButton({ messageId }: { messageId: string }) {
  const { openBeside } = useWorkspace()
  return (
    <IconButton label={strings.details.open} onClick={() => openBeside({ kind: 'job', messageId })} className="size-9">
      <Info size={16} aria-hidden="true" />
    </IconButton>
  )
}
