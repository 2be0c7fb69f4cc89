'use client'
// The page: threads beside one conversation. Knows who is signed in and which thread the address names; the rest is in the panes.
import { UserButton, useAuth } from '@clerk/nextjs'
import { useConvexAuth, useQuery } from 'convex/react'
import { Menu } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useBrowserSettings } from '../../components/BrowserSettings.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { NoticePage } from '../../components/NoticePage.tsx'
import { PaneBoundary } from '../../components/PaneBoundary.tsx'
import { strings } from '../../components/strings.ts'
import { ThemeToggle } from '../../components/ThemeToggle.tsx'
import { useNow } from '../../components/useNow.ts'
import { Wordmark } from '../../components/Wordmark.tsx'
import { api } from '../../convex/_generated/api.js'
import { ChatPane } from '../chat/ChatPane.tsx'
import { createId } from '../chat/createId.ts'
import { OutboxProvider } from '../chat/outbox/OutboxProvider.tsx'
import { ThreadsNav } from '../threads/ThreadsNav.tsx'
import { useThreads } from '../threads/useThreads.ts'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { LiveDataProvider } from './LiveDataProvider.tsx'
import { ThreadsDrawer } from './ThreadsDrawer.tsx'
import { goTo, NEW_CHAT_PATH, pathOfThread, useThreadRoute } from './threadRoute.ts'

export function Workspace() {
  return (
    <LiveDataProvider>
      <SignedInWorkspace />
    </LiveDataProvider>
  )
}

function SignedInWorkspace() {
  const { isLoaded, userId } = useAuth()
  const live = useConvexAuth()
  const { signInUrl } = useBrowserSettings()
  if (isLoaded && userId === null) {
    return (
      <NoticePage title={strings.signedOut.title} lead={strings.signedOut.lead}>
        <a
          href={signInUrl}
          className="inline-flex min-h-11 items-center rounded-full bg-lamp px-5 font-medium text-on-lamp"
        >
          {strings.actions.signIn}
        </a>
      </NoticePage>
    )
  }
  // Until Clerk has spoken there is nobody to keep an outbox for: the frame alone.
  if (userId === null || userId === undefined) return <Frame />
  return (
    <OutboxProvider key={userId} ownerId={userId} isReady={live.isAuthenticated}>
      <PersonWorkspace ownerId={userId} isReady={live.isAuthenticated} />
    </OutboxProvider>
  )
}

function PersonWorkspace({ ownerId, isReady }: { ownerId: string; isReady: boolean }) {
  const { threadId, isNew, begin, startNew, open } = useCurrentThread()
  const [isDrawerOpen, setDrawerOpen] = useState(false)
  const title = useThreadTitle(isNew ? null : threadId, isReady)
  const closeDrawer = useCallback(() => setDrawerOpen(false), [])
  const resetKey = `${threadId}:${isReady}`

  const threads = (
    <PaneBoundary resetKey={resetKey}>
      <LiveThreads
        isReady={isReady}
        currentId={isNew ? null : threadId}
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
      person={<UserButton />}
      drawer={
        <ThreadsDrawer isOpen={isDrawerOpen} close={closeDrawer} header={<Wordmark />}>
          {threads}
        </ThreadsDrawer>
      }
    >
      <ConnectionBanner />
      <PaneBoundary resetKey={resetKey}>
        <ChatPane
          key={threadId}
          ownerId={ownerId}
          threadId={threadId}
          isNew={isNew}
          isReady={isReady}
          onBegin={begin}
        />
      </PaneBoundary>
    </Frame>
  )
}

export type FrameProps = {
  side?: React.ReactNode
  title?: string
  person?: React.ReactNode
  drawer?: React.ReactNode
  openThreads?: () => void
  children?: React.ReactNode
}

/** The outline of the page, drawn by the server before anything is known. */
export function Frame({ side, title = '', person, drawer, openThreads, children }: FrameProps) {
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
          <ThemeToggle />
          <div className="grid size-10 place-items-center">{person}</div>
        </header>
        <div className="flex min-h-0 flex-1 flex-col">{children}</div>
      </main>
    </div>
  )
}

type LiveThreadsProps = {
  isReady: boolean
  currentId: string | null
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
      open={props.open}
      startNew={props.startNew}
    />
  )
}

/** The thread of the address, or a new one whose id is made here and becomes its address with the first message. */
function useCurrentThread() {
  const routeId = useThreadRoute()
  const [newId, setNewId] = useState(createId)
  const threadId = routeId ?? newId
  const startNew = useCallback(() => {
    setNewId(createId())
    goTo(NEW_CHAT_PATH)
  }, [])
  const open = useCallback((id: string) => goTo(pathOfThread(id)), [])
  // In place: going back must not lead to an empty chat that is this one.
  const begin = useCallback(() => goTo(pathOfThread(newId), 'replace'), [newId])
  return { threadId, isNew: routeId === null, begin, startNew, open }
}

function useThreadTitle(threadId: string | null, isReady: boolean): string {
  const thread = useQuery(api.threads.get, threadId !== null && isReady ? { threadId } : 'skip')
  const title = threadId === null ? strings.threads.newChat : (thread?.title ?? '')
  useEffect(() => {
    document.title = title === '' ? strings.product : `${title} · ${strings.product}`
  }, [title])
  return threadId === null ? '' : title
}
