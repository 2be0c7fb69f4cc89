'use client'
// The page: threads beside one conversation, or another place. Knows who is signed in and which place the address names; the rest is in the panes.
import { UserButton } from '@clerk/nextjs'
import { useConvexAuth, useQuery } from 'convex/react'
import { CalendarClock, Menu, Settings } from 'lucide-react'
import { Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { AfterHydration } from '../../components/AfterHydration.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { PaneBoundary } from '../../components/PaneBoundary.tsx'
import { strings } from '../../components/strings.ts'
import { ThemeToggle } from '../../components/ThemeToggle.tsx'
import { useNow } from '../../components/useNow.ts'
import { Wordmark } from '../../components/Wordmark.tsx'
import { api } from '../../convex/_generated/api.js'
import { ChatPane } from '../chat/ChatPane.tsx'
import { createId } from '../chat/createId.ts'
import type { OpenedThread } from '../chat/openedThread.ts'
import { OutboxProvider } from '../chat/outbox/OutboxProvider.tsx'
import { ThreadSettings } from '../chat/ThreadSettings.tsx'
import { titleWithCount } from '../inbox/badgeOf.ts'
import { InboxLink } from '../inbox/InboxLink.tsx'
import { InboxPane } from '../inbox/InboxPane.tsx'
import { useInbox } from '../inbox/useInbox.ts'
import { SignedOut } from '../offline/SignedOut.tsx'
import { usePerson } from '../offline/usePerson.ts'
import { ThreadsNav } from '../threads/ThreadsNav.tsx'
import { useThreads } from '../threads/useThreads.ts'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { LiveDataProvider } from './LiveDataProvider.tsx'
import { lazyPane } from './lazyPane.tsx'
import { NeedsYouNotices } from './NeedsYouNotices.tsx'
import { PlaceLink } from './PlaceLink.tsx'
import { showNotice } from './showNotice.tsx'
import { ThreadsDrawer } from './ThreadsDrawer.tsx'
import {
  goTo,
  NEW_CHAT_PATH,
  type Place,
  parseThreadPath,
  pathOfThread,
  placeOf,
  SCHEDULES_PATH,
  SETTINGS_PATH,
  usePath,
} from './threadRoute.ts'
import { useTellTimeZone } from './useTellTimeZone.ts'

const SchedulesPane = lazyPane(() => import('../schedules/SchedulesPane.tsx').then((pane) => pane.SchedulesPane))
const SettingsPane = lazyPane(() => import('../settings/SettingsPane.tsx').then((pane) => pane.SettingsPane))

export function Workspace() {
  return (
    <LiveDataProvider>
      <SignedInWorkspace />
    </LiveDataProvider>
  )
}

function SignedInWorkspace() {
  const person = usePerson()
  const live = useConvexAuth()
  if (person.kind === 'nobody') return <SignedOut />
  // Until it is known who is here there is nobody to keep an outbox for: the frame alone.
  if (person.kind === 'unknown') return <Frame />
  return (
    <OutboxProvider key={person.userId} ownerId={person.userId} isReady={live.isAuthenticated}>
      <PersonWorkspace ownerId={person.userId} isReady={live.isAuthenticated} />
    </OutboxProvider>
  )
}

function PersonWorkspace({ ownerId, isReady }: { ownerId: string; isReady: boolean }) {
  const { place, threadId, isNew, begin, startNew, open } = useCurrentPlace()
  const isInbox = place === 'inbox'
  const [isDrawerOpen, setDrawerOpen] = useState(false)
  const inbox = useInbox(isReady)
  const threadTitle = useThreadTitle(isNew ? null : threadId, isReady)
  const title = place === 'chat' ? threadTitle : strings[place].name
  useTellTimeZone(isReady)
  useDocumentTitle(title === '' && isNew ? strings.threads.newChat : title, inbox.count)
  const closeDrawer = useCallback(() => setDrawerOpen(false), [])
  const listedWaits = useMemo(
    () => inbox.data?.waits.filter((wait) => wait.threadId === threadId) ?? [],
    [inbox.data, threadId],
  )
  const onOpened = useOpened(threadId)
  const resetKey = `${place}:${threadId}:${isReady}`

  const threads = (
    <PaneBoundary resetKey={resetKey}>
      <LiveThreads
        isReady={isReady}
        currentId={isNew ? null : threadId}
        needYou={inbox.threadIds}
        places={
          <>
            <InboxLink count={inbox.count} isCurrent={isInbox} onOpen={closeDrawer} />
            <OtherPlaces place={place} onOpen={closeDrawer} />
          </>
        }
        open={(id) => {
          closeDrawer()
          open(id)
        }}
        startNew={() => {
          closeDrawer()
          startNew()
        }}
      />
    </PaneBoundary>
  )
  return (
    <Frame
      side={threads}
      title={title}
      openThreads={() => setDrawerOpen(true)}
      nearby={<InboxLink count={inbox.count} isCurrent={isInbox} isSmall />}
      actions={
        place === 'chat' && !isNew ? <ThreadSettings key={threadId} threadId={threadId} isReady={isReady} /> : null
      }
      person={
        <AfterHydration>
          <UserButton />
        </AfterHydration>
      }
      drawer={
        <ThreadsDrawer isOpen={isDrawerOpen} close={closeDrawer} header={<Wordmark />}>
          {threads}
        </ThreadsDrawer>
      }
    >
      <ConnectionBanner />
      <PaneBoundary resetKey={resetKey}>
        {place === 'inbox' ? <InboxPane data={inbox.data} isReady={isReady} /> : null}
        <Suspense>
          {place === 'schedules' ? <SchedulesPane isReady={isReady} /> : null}
          {place === 'settings' ? <SettingsPane isReady={isReady} /> : null}
        </Suspense>
        {place === 'chat' ? (
          <ChatPane
            key={threadId}
            ownerId={ownerId}
            threadId={threadId}
            isNew={isNew}
            isReady={isReady}
            onBegin={begin}
            listedWaits={listedWaits}
            onOpened={onOpened}
          />
        ) : null}
      </PaneBoundary>
      <NeedsYouNotices data={inbox.data} shown={isInbox ? 'inbox' : { threadId }} open={open} />
    </Frame>
  )
}

export type FrameProps = {
  side?: React.ReactNode
  title?: string
  /** Beside the title where there is no room for the list of threads. */
  nearby?: React.ReactNode
  /** What can be done with the place on screen. */
  actions?: React.ReactNode
  person?: React.ReactNode
  drawer?: React.ReactNode
  openThreads?: () => void
  children?: React.ReactNode
}

/** The outline of the page, drawn by the server before anything is known. */
export function Frame({ side, title = '', nearby, actions, person, drawer, openThreads, children }: FrameProps) {
  return (
    <div className="flex h-dvh overflow-hidden">
      <aside className="hidden w-[17.5rem] shrink-0 flex-col border-r border-line bg-sunken lg:flex">
        <div className="flex h-16 items-center px-6">
          <Wordmark />
        </div>
        {side}
      </aside>
      {drawer}
      <main className="flex min-w-0 flex-1 flex-col">
        <header className="flex h-14 shrink-0 items-center gap-1 px-2 pt-[var(--safe-top)] sm:px-4 lg:h-16">
          <IconButton label={strings.threads.open} onClick={openThreads} className="lg:hidden">
            <Menu size={20} aria-hidden="true" />
          </IconButton>
          <h1 className="min-w-0 flex-1 truncate px-2 text-[0.9375rem] font-medium">
            {title === '' ? <span className="sr-only">{strings.product}</span> : title}
          </h1>
          <div className="lg:hidden">{nearby}</div>
          {actions}
          <ThemeToggle />
          <div className="grid size-10 place-items-center">{person}</div>
        </header>
        <div className="flex min-h-0 flex-1 flex-col">{children}</div>
      </main>
    </div>
  )
}

function OtherPlaces({ place, onOpen }: { place: Place; onOpen: () => void }) {
  return (
    <>
      <PlaceLink
        path={SCHEDULES_PATH}
        name={strings.schedules.name}
        icon={CalendarClock}
        isCurrent={place === 'schedules'}
        onOpen={onOpen}
      />
      <PlaceLink
        path={SETTINGS_PATH}
        name={strings.settings.name}
        icon={Settings}
        isCurrent={place === 'settings'}
        onOpen={onOpen}
      />
    </>
  )
}

type LiveThreadsProps = {
  isReady: boolean
  currentId: string | null
  needYou: ReadonlySet<string>
  places: React.ReactNode
  open: (threadId: string) => void
  startNew: () => void
}

function LiveThreads(props: LiveThreadsProps) {
  const { threads, isLoading, loadMore } = useThreads(props.isReady)
  const now = useNow(false)
  return (
    <ThreadsNav
      threads={threads}
      isLoading={isLoading}
      loadMore={loadMore}
      now={now}
      hrefOf={pathOfThread}
      currentId={props.currentId}
      needYou={props.needYou}
      places={props.places}
      open={props.open}
      startNew={props.startNew}
    />
  )
}

/** The thread of the address, another place, or a new one whose id is made here and becomes its address with the first message. */
function useCurrentPlace() {
  const path = usePath()
  const routeId = parseThreadPath(path)
  const [newId, setNewId] = useState(createId)
  const threadId = routeId ?? newId
  const startNew = useCallback(() => {
    setNewId(createId())
    goTo(NEW_CHAT_PATH)
  }, [])
  const open = useCallback((id: string) => goTo(pathOfThread(id)), [])
  // In place: going back must not lead to an empty chat that is this one.
  const begin = useCallback(() => goTo(pathOfThread(newId), 'replace'), [newId])
  return { place: placeOf(path), threadId, isNew: routeId === null, begin, startNew, open }
}

/** The agent has opened a thread: the page goes there, and says so, with a way back. */
function useOpened(fromId: string): (opened: OpenedThread) => void {
  return useCallback(
    ({ threadId, title }) => {
      goTo(pathOfThread(threadId))
      showNotice(`opened:${threadId}`, {
        tone: 'quiet',
        words: strings.openedThread.opened(title === '' ? strings.threads.untitled : title),
        action: { label: strings.openedThread.back, run: () => goTo(pathOfThread(fromId)) },
      })
    },
    [fromId],
  )
}

function useThreadTitle(threadId: string | null, isReady: boolean): string {
  const thread = useQuery(api.threads.get, threadId !== null && isReady ? { threadId } : 'skip')
  return thread?.title ?? ''
}

function useDocumentTitle(title: string, count: number) {
  useEffect(() => {
    document.title = titleWithCount(title === '' ? strings.product : `${title} · ${strings.product}`, count)
  }, [title, count])
}
