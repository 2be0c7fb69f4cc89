'use client'
// A read-only link to a chat: made, copied, brought up to now, taken back; and what whoever has it will see.
import { Check, Copy, ExternalLink, EyeOff, Link2 } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { copyText } from '../../components/copyText.ts'
import { Dialog } from '../../components/Dialog.tsx'
import { MainButton } from '../../components/MainButton.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { shareStrings as say } from '../../components/strings/share.ts'
import { useNow } from '../../components/useNow.ts'
import { momentWords } from '../chat/countdownWords.ts'
import { type Share, type ShareDoings, useShare } from './useShare.ts'

type ShareDialogProps = { threadId: string; isOpen: boolean; close: () => void }

export function ShareDialog({ threadId, isOpen, close }: ShareDialogProps) {
  const { share, doings } = useShare(threadId, isOpen)
  return (
    <Dialog title={say.title} closeLabel={say.close} isOpen={isOpen} close={close}>
      <ShareView share={share} doings={doings} />
    </Dialog>
  )
}

type Done = { kind: 'idle' | 'busy' | 'failed' } | { kind: 'done'; words: string }

export function ShareView({ share, doings }: { share: Share | null | undefined; doings: ShareDoings }) {
  const [done, setDone] = useState<Done>({ kind: 'idle' })
  const run = async (work: () => Promise<unknown>, words: string) => {
    setDone({ kind: 'busy' })
    try {
      await work()
      setDone({ kind: 'done', words })
    } catch (cause) {
      console.warn('The shared link of this chat could not be changed.', cause)
      setDone({ kind: 'failed' })
    }
  }
  const isBusy = done.kind === 'busy'
  return (
    <div className="space-y-4 text-[0.9375rem]">
      <p className="text-soft text-pretty">{say.lead}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Told title={say.isIn} lines={say.isInList} icon={<Check size={15} aria-hidden="true" />} />
        <Told title={say.isOut} lines={say.isOutList} icon={<EyeOff size={15} aria-hidden="true" />} />
      </div>
      {share === undefined ? (
        <p role="status" className="text-sm text-soft">
          {say.loading}
        </p>
      ) : share === null ? (
        <MainButton type="button" isBusy={isBusy} onClick={() => void run(doings.make, '')} className="min-h-11">
          <Link2 size={16} aria-hidden="true" />
          {say.make}
        </MainButton>
      ) : (
        <SharedLink share={share}>
          <QuietButton
            tone="framed"
            aria-disabled={isBusy}
            onClick={() => void run(doings.make, say.updated)}
            className="pointer-coarse:min-h-11"
          >
            {say.update}
          </QuietButton>
          <QuietButton
            aria-disabled={isBusy}
            onClick={() => void run(doings.revoke, say.revoked)}
            className="text-bad! pointer-coarse:min-h-11"
          >
            {say.revoke}
          </QuietButton>
        </SharedLink>
      )}
      <p role="status" className="text-sm text-soft empty:hidden">
        {done.kind === 'done' ? done.words : ''}
      </p>
      {done.kind === 'failed' ? (
        <p role="alert" className="text-sm text-bad">
          {say.failed}
        </p>
      ) : null}
    </div>
  )
}

function Told({ title, lines, icon }: { title: string; lines: readonly string[]; icon: ReactNode }) {
  return (
    <div>
      <h3 className="text-sm font-medium">{title}</h3>
      <ul className="mt-1.5 space-y-1.5 text-sm leading-snug text-soft">
        {lines.map((line) => (
          <li key={line} className="flex gap-2">
            <span className="mt-0.5 shrink-0 text-lamp">{icon}</span>
            {line}
          </li>
        ))}
      </ul>
    </div>
  )
}

function SharedLink({ share, children }: { share: Share; children: ReactNode }) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const now = useNow(true, 30_000)
  const address = addressOf(share.shareId)
  const [isCopied, copy] = useCopied(address)
  return (
    <div className="rounded-2xl border border-line bg-raised p-3.5">
      <label htmlFor={id} className="text-sm font-medium">
        {say.link}
      </label>
      <div className="mt-1 flex flex-wrap items-center gap-2">
        <input
          ref={field}
          id={id}
          readOnly
          value={address}
          onFocus={() => field.current?.select()}
          className="min-h-11 min-w-0 flex-1 basis-56 rounded-xl border border-line bg-paper px-3 font-mono text-sm text-ellipsis"
        />
        <MainButton type="button" onClick={() => void copy()} className="min-h-11">
          {isCopied ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
          {isCopied ? say.copied : say.copy}
        </MainButton>
      </div>
      <p className="mt-2 text-sm text-soft">{say.upTo(momentWords(share.uptoAt, now))}</p>
      <div className="mt-2 flex flex-wrap items-center gap-1">
        {children}
        <a
          href={address}
          target="_blank"
          rel="noopener noreferrer"
          className="inline-flex min-h-9 items-center gap-1.5 rounded-full px-3 text-sm text-soft hover:bg-hover hover:text-ink pointer-coarse:min-h-11"
        >
          <ExternalLink size={14} aria-hidden="true" />
          {say.open}
        </a>
      </div>
    </div>
  )
}

const addressOf = (shareId: string): string => `${location.origin}/share/${shareId}`

const SAY_COPIED_MS = 1_600

function useCopied(text: string): [boolean, () => Promise<void>] {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), SAY_COPIED_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  return [isCopied, () => copyText(text).then(() => setCopied(true))]
}
