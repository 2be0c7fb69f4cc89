'use client'
// Every link that is out in the world, each to be looked at and taken back.
import { useMutation, useQuery } from 'convex/react'
import type { FunctionReturnType } from 'convex/server'
import { useRef } from 'react'
import { QuietButton } from '../../../components/QuietButton.tsx'
import { settingsStrings } from '../../../components/strings/settings.ts'
import { strings } from '../../../components/strings.ts'
import { api } from '../../../convex/_generated/api.js'
import { momentWords } from '../../chat/countdownWords.ts'
import { ThreadLink } from '../../workspace/ThreadLink.tsx'
import { SavingWords, useSaving } from '../useSaving.tsx'

const say = settingsStrings.data.shares

export type SharedLink = FunctionReturnType<typeof api.shares.list>[number]

export function SharedLinks({ isReady, now }: { isReady: boolean; now: number }) {
  const links = useQuery(api.shares.list, isReady ? {} : 'skip')
  const revoke = useMutation(api.shares.revoke)
  return <SharedLinksView links={links} now={now} revoke={({ threadId }) => revoke({ threadId })} />
}

type SharedLinksViewProps = {
  links: readonly SharedLink[] | undefined
  now: number
  revoke: (link: SharedLink) => Promise<unknown>
}

export function SharedLinksView({ links, now, revoke }: SharedLinksViewProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  return (
    <>
      <h3 ref={heading} tabIndex={-1} className="mt-8 font-medium outline-none">
        {say.title}
      </h3>
      <p className="text-sm text-soft text-pretty">{say.lead}</p>
      {links === undefined ? (
        <p role="status" className="mt-2 text-sm text-soft">
          {say.loading}
        </p>
      ) : links.length === 0 ? (
        <p className="mt-2 text-[0.9375rem]">{say.none}</p>
      ) : (
        <ul aria-label={say.title} className="mt-2 divide-y divide-line">
          {links.map((link) => (
            <Row
              key={link.shareId}
              link={link}
              now={now}
              revoke={async () => {
                await revoke(link)
                // Its button went away with the focus.
                heading.current?.focus()
              }}
            />
          ))}
        </ul>
      )}
    </>
  )
}

function Row({ link, now, revoke }: { link: SharedLink; now: number; revoke: () => Promise<unknown> }) {
  const [saving, save] = useSaving(say.revokeFailed)
  const name = link.title === '' ? strings.threads.untitled : link.title
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <ThreadLink threadId={link.threadId} title={link.title} className="font-medium wrap-anywhere hover:underline" />
        <p suppressHydrationWarning className="text-sm text-soft">
          {say.upTo(momentWords(link.uptoAt, now))}
        </p>
      </div>
      <div className="-ml-3 flex sm:ml-0">
        <a
          href={`/share/${link.shareId}`}
          target="_blank"
          rel="noopener noreferrer"
          aria-label={`${say.open}: ${name}`}
          className="inline-flex min-h-9 items-center rounded-full px-3 text-sm text-soft hover:bg-hover hover:text-ink pointer-coarse:min-h-11"
        >
          {say.open}
        </a>
        <QuietButton
          aria-label={`${say.revoke}: ${name}`}
          onClick={() => void save(revoke)}
          className="pointer-coarse:min-h-11"
        >
          {say.revoke}
        </QuietButton>
      </div>
      {saving.kind === 'failed' ? <SavingWords saving={saving} /> : null}
    </li>
  )
}
