'use client'
// One conversation: the messages, the composer, and what a person can do in between. Hop 1 and hop 7 of a message's path.
import { useMutation } from 'convex/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { preloadMarkdown } from '../../components/Markdown.tsx'
import { strings } from '../../components/strings.ts'
import { useOnline } from '../../components/useOnline.ts'
import { api } from '../../convex/_generated/api.js'
import type { WaitView } from '../../convex/validators.ts'
import { Composer } from './Composer.tsx'
import { Conversation } from './Conversation.tsx'
import { createId } from './createId.ts'
import { EmptyState } from './EmptyState.tsx'
import { LoadingState } from './LoadingState.tsx'
import type { MessageDoings } from './messageDoings.ts'
import { NeedsYouLine } from './NeedsYouLine.tsx'
import type { OpenedThread } from './openedThread.ts'
import { useOutbox } from './outbox/OutboxProvider.tsx'
import { useAnnouncement } from './useAnnouncement.ts'
import { useAnswerWait } from './useAnswerWait.ts'
import { useConversation } from './useConversation.ts'
import { useDraft } from './useDraft.ts'
import { useOpenedThreads } from './useOpenedThreads.ts'
import { useShowWait } from './useShowWait.ts'
import { useStop } from './useStop.ts'
import { waitsAbove } from './waitsAbove.ts'

export type ChatPaneProps = {
  ownerId: string
  threadId: string
  /** A chat that has no address yet. Its draft is the one of “new chat”. */
  isNew: boolean
  isReady: boolean
  /** The first message of a new chat has been written: it gets its address. */
  onBegin: () => void
  /** What the inbox lists of this thread. */
  listedWaits: readonly WaitView[]
  /** The agent has opened another thread before the person's eyes. */
  onOpened: (opened: OpenedThread) => void
}

export function ChatPane({ ownerId, threadId, isNew, isReady, onBegin, listedWaits, onOpened }: ChatPaneProps) {
  const { items, earlier, isLoading } = useConversation(threadId, isReady)
  // A chat that was begun here keeps the draft key it started with: the text must not change hands while it gets its address.
  const [draftKey] = useState(isNew ? null : threadId)
  const draft = useDraft(ownerId, draftKey)
  const [notice, setNotice] = useState<string | null>(null)
  const composer = useRef<HTMLTextAreaElement>(null)
  const isOnline = useOnline()
  const outbox = useOutbox()
  const announcement = useAnnouncement(items)
  const showWait = useShowWait(earlier)
  useOpenedThreads(items, threadId, onOpened)

  const giveBack = useCallback(
    (text: string, why: string | null) => {
      draft.write(text)
      setNotice(why)
      composer.current?.focus()
    },
    [draft.write],
  )
  const { canStop, isRunning, stoppingId, stop, stopMessage, stopNotice } = useStop(items, giveBack)
  const goToComposer = useCallback(() => focusWithKeyboard(composer.current), [])
  const doings = useDoings(stopMessage, giveBack, goToComposer)
  useRefused(items, draft.text, giveBack)
  useReady(composer, stop, canStop)

  const send = (text: string) => {
    setNotice(null)
    goToComposer()
    const kept = outbox.add({ messageId: createId(), threadId, text })
    // A prompt that was chosen leaves what is being written alone.
    if (text === draft.text) draft.clearWhen(kept)
    kept.catch((cause: unknown) => {
      console.warn('The message could not be kept.', cause)
      giveBack(text, strings.composer.notKept)
    })
    if (isNew) onBegin()
  }

  return (
    <section aria-label={strings.product} className="flex h-full min-h-0 flex-col">
      <Conversation items={items} earlier={earlier} stoppingId={stoppingId} doings={doings}>
        {isNew || !isLoading ? <EmptyState choose={send} /> : <LoadingState />}
      </Conversation>
      <p role="status" className="sr-only">
        {announcement}
      </p>
      <NeedsYouLine
        waits={waitsAbove(items, listedWaits, earlier.state !== 'all')}
        isWriting={draft.text !== ''}
        show={showWait}
      />
      <Composer
        ref={composer}
        text={draft.text}
        write={draft.write}
        send={() => send(draft.text)}
        stop={() => {
          stop()
          goToComposer()
        }}
        canStop={canStop}
        isRunning={isRunning}
        isStopping={stoppingId !== null}
        isOnline={isOnline}
        notice={notice ?? stopNotice}
      />
    </section>
  )
}

function useDoings(
  stopMessage: (messageId: string) => void,
  giveBack: (text: string, why: string | null) => void,
  goToComposer: () => void,
): MessageDoings {
  const outbox = useOutbox()
  const retryTurn = useMutation(api.turns.retry)
  const answer = useAnswerWait()
  return useMemo(
    () => ({
      stop: (messageId) => {
        stopMessage(messageId)
        goToComposer()
      },
      retry: async (messageId) => {
        await retryTurn({ messageId })
        goToComposer()
      },
      edit: (messageId) => {
        void outbox.takeBack(messageId).then((entry) => entry !== undefined && giveBack(entry.text, null))
      },
      discard: (messageId) => {
        void outbox.takeBack(messageId)
        goToComposer()
      },
      answer,
    }),
    [outbox, retryTurn, stopMessage, giveBack, goToComposer, answer],
  )
}

/** A message the server will not take as it is goes back into an empty composer, with the reason. A full one is not touched. */
function useRefused(
  items: ReturnType<typeof useConversation>['items'],
  draftText: string,
  giveBack: (text: string, why: string | null) => void,
) {
  const outbox = useOutbox()
  const refused = items.find((item) => item.kind === 'outgoing' && item.entry.state === 'refused')
  const messageId = draftText === '' ? refused?.messageId : undefined
  useEffect(() => {
    if (messageId === undefined) return
    void outbox.takeBack(messageId).then((entry) => {
      if (entry !== undefined) giveBack(entry.text, [entry.error?.message, entry.error?.hint].filter(Boolean).join(' '))
    })
  }, [outbox, messageId, giveBack])
}

/** The button that was pressed goes away: the focus must not go with it. On a phone it would only bring up the keyboard. */
function focusWithKeyboard(composer: HTMLTextAreaElement | null) {
  if (matchMedia('(pointer: fine)').matches) composer?.focus({ preventScroll: true })
}

/** The composer has the focus where there is a keyboard; Esc stops from anywhere in the page that has no use for it itself. */
function useReady(composer: { current: HTMLTextAreaElement | null }, stop: () => void, canStop: boolean) {
  useEffect(() => {
    focusWithKeyboard(composer.current)
    const idle =
      typeof requestIdleCallback === 'function' ? requestIdleCallback : (run: () => void) => setTimeout(run, 300)
    idle(preloadMarkdown)
  }, [composer])
  useEffect(() => {
    if (!canStop) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      if (document.querySelector('dialog[open], [role="dialog"], [role="menu"]') !== null) return
      stop()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [stop, canStop])
}
