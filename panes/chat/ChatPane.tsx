'use client'
// One conversation: the messages, the composer, and what a person can do in between. Hop 1 and hop 7 of a message's path.
import { Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { useModels } from '../../components/BrowserSettings.tsx'
import { strings } from '../../components/strings.ts'
import { useOnline } from '../../components/useOnline.ts'
import type { WaitView } from '../../convex/validators.ts'
import { AsOfLine } from '../offline/AsOfLine.tsx'
import { useShowSought } from '../palette/useShowSought.ts'
import { Composer } from './Composer.tsx'
import { Conversation } from './Conversation.tsx'
import { createId } from './createId.ts'
import { mayHoldMore } from './EarlierMessages.tsx'
import { ElsewhereLine } from './ElsewhereLine.tsx'
import { FirstRun } from './FirstRun.tsx'
import { LoadingState } from './LoadingState.tsx'
import { ModelPicker } from './ModelPicker.tsx'
import { markFirstNew } from './markFirstNew.ts'
import { NeedsYouLine } from './NeedsYouLine.tsx'
import { lastReworkable } from './OwnControls.tsx'
import type { OpenedThread } from './openedThread.ts'
import { useOutbox } from './outbox/OutboxProvider.tsx'
import { QueuePanel } from './partsOnDemand.ts'
import { StartAtEnd } from './StartAtEnd.tsx'
import { useSlashCommands } from './slash/useSlashCommands.ts'
import type { ThreadSight } from './threadSight.ts'
import { useArranged } from './useArranged.ts'
import { type Choices, useChoices } from './useChoices.ts'
import { useConversation } from './useConversation.ts'
import { useDoings } from './useDoings.ts'
import { type Draft, useDraft } from './useDraft.ts'
import { useEndsHeard } from './useEndsHeard.ts'
import { useNewSince } from './useNewSince.ts'
import { useOfferCopy } from './useOfferCopy.ts'
import { useOpenedThreads } from './useOpenedThreads.ts'
import { useQueue } from './useQueue.ts'
import { focusWithKeyboard, useReady } from './useReady.ts'
import { useRefused } from './useRefused.ts'
import { useRework } from './useRework.ts'
import { useShowWait } from './useShowWait.ts'
import { useStop } from './useStop.ts'
import { useThreadDefaults } from './useThreadDefaults.ts'
import { waitsAbove } from './waitsAbove.ts'

export type ChatPaneProps = {
  ownerId: string
  threadId: string
  /** A chat that has no address yet. Its draft is the one of “new chat”. */
  isNew: boolean
  isReady: boolean
  /** It has the keys of the page, such as Esc. */
  isFocused: boolean
  /** What the server knows of it already. */
  sight: ThreadSight | null
  /** The first message of a new chat has been written: it gets its address. */
  onBegin: () => void
  /** What the inbox lists of this thread. */
  listedWaits: readonly WaitView[]
  /** The agent has opened another thread before the person's eyes. */
  onOpened: (opened: OpenedThread) => void
}

export function ChatPane(props: ChatPaneProps) {
  const { ownerId, threadId, isNew, isReady, isFocused, sight, onBegin, listedWaits, onOpened } = props
  const { items, earlier, isLoading, asOf } = useConversation(ownerId, threadId, isReady, sight)
  const draft = useDraft(ownerId, isNew ? null : threadId)
  const [notice, setNotice] = useState<string | null>(null)
  const composer = useRef<HTMLTextAreaElement>(null)
  const isOnline = useOnline()
  const outbox = useOutbox()
  const said = useEndsHeard(items)
  const showWait = useShowWait(earlier)
  useOpenedThreads(items, threadId, onOpened)

  const giveBack = useGiveBack(draft, composer, setNotice)
  const { canStop, isRunning, stoppingId, stop, stopMessage, stopNotice } = useStop(items, giveBack)
  const goToComposer = useCallback(() => focusWithKeyboard(composer.current), [])
  const { reworkId, ...reworking } = useRework(threadId, giveBack)
  const doings = useDoings({ threadId, stopMessage, giveBack, goToComposer, ...reworking })
  const queueDoings = useQueue()
  useRefused(items, draft.text, giveBack)
  useReady(stop, canStop && isFocused)

  const settings = useThreadDefaults(threadId, isReady)
  const choices = useChoices(settings)
  const branch = settings.branch ?? sight?.branch ?? null
  const besides = { threadId, isReady, isRunning, isOnline, settings: { ...settings, branch } }
  const { shown: arranged, queue, elsewhere } = useArranged(items, besides)
  const hasQueued = useHasBeen(queue.length > 0)
  const newSince = useNewSince(threadId, isReady)
  const shown = useMemo(() => markFirstNew(arranged, newSince), [arranged, newSince])
  useShowSought({ threadId, items, earlier, isLoading })
  useOfferCopy(threadId, shown)

  const commands = useSlashCommands(choices)
  const editLast = () => {
    const last = lastReworkable(shown)
    if (last !== undefined) doings.rework(last)
    return last !== undefined
  }

  const send = (text: string) => {
    setNotice(null)
    goToComposer()
    const kept = outbox.add({ messageId: createId(), threadId, text, ...choices.take(isRunning) })
    // A prompt that was chosen leaves what is being written alone.
    if (text === draft.text) draft.clearWhen(kept)
    kept.catch((cause: unknown) => {
      console.warn('The message could not be kept.', cause)
      giveBack(text, strings.composer.notKept)
    })
    if (isNew) onBegin()
  }

  return (
    <div className="flex h-full min-h-0 flex-col">
      <AsOfLine at={asOf} />
      <Conversation
        threadId={threadId}
        items={shown}
        earlier={earlier}
        stoppingId={stoppingId}
        reworkId={reworkId}
        doings={doings}
      >
        {isNew || !isLoading ? <FirstRun choose={send} isReady={isReady} /> : <LoadingState isOnline={isOnline} />}
      </Conversation>
      <p role="status" className="sr-only">
        {said === null ? null : <span key={said.key}>{said.words}</span>}
      </p>
      <NeedsYouLine
        waits={waitsAbove(shown, listedWaits, mayHoldMore(earlier))}
        isWriting={draft.text !== ''}
        show={showWait}
      />
      <ElsewhereLine turnId={elsewhere} select={doings.selectVersion} />
      <Suspense>
        {hasQueued ? (
          <QueuePanel items={queue} doings={queueDoings} giveBack={giveBack} goToComposer={goToComposer} />
        ) : null}
      </Suspense>
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
        policy={choices.policy}
        choosePolicy={choices.choosePolicy}
        picker={<LiveModelPicker choices={choices} isCompact={isRunning} />}
        isStopping={stoppingId !== null}
        isOnline={isOnline}
        commands={commands}
        editLast={editLast}
        notice={notice ?? stopNotice ?? choices.failure}
      />
      <StartAtEnd />
    </div>
  )
}

/** It stays: what became of the last one is told where the queue was. */
function useHasBeen(isNow: boolean): boolean {
  const hasBeen = useRef(false)
  if (isNow) hasBeen.current = true
  return hasBeen.current
}

/** Words come back into the composer before what is being written there: nothing is lost. */
function useGiveBack(
  draft: Draft,
  composer: { current: HTMLTextAreaElement | null },
  setNotice: (why: string | null) => void,
) {
  const { text: current, write } = draft
  const latest = useRef(current)
  latest.current = current
  return useCallback(
    (text: string, why: string | null) => {
      const isNew = latest.current.trim() !== '' && latest.current !== text
      write(isNew ? `${text}\n\n${latest.current}` : text)
      setNotice(why)
      composer.current?.focus()
    },
    [write, composer, setNotice],
  )
}

function LiveModelPicker({ choices, isCompact }: { choices: Choices; isCompact: boolean }) {
  const { model, isModelChosen, isForThread, chooseModel, setForThread } = choices
  return (
    <ModelPicker
      models={useModels()}
      model={model}
      isChosen={isModelChosen}
      isForThread={isForThread}
      isCompact={isCompact}
      choose={chooseModel}
      setForThread={setForThread}
    />
  )
}
