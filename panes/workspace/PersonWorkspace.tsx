'use client'
// The page of the person who is signed in: the list of threads beside the open panes, or one of the other places.
import { Menu } from 'lucide-react'
import { Suspense, useMemo } from 'react'
import { IconButton } from '../../components/IconButton.tsx'
import { lazyPart } from '../../components/lazyPart.tsx'
import { PaneBoundary } from '../../components/PaneBoundary.tsx'
import { strings } from '../../components/strings.ts'
import { Wordmark } from '../../components/Wordmark.tsx'
import type { ThreadSight } from '../chat/threadSight.ts'
import { InboxLink } from '../inbox/InboxLink.tsx'
import { useInbox } from '../inbox/useInbox.ts'
import { LazyNotices } from '../notices/LazyNotices.tsx'
import { Overlays } from '../palette/Overlays.tsx'
import { showOverlay } from '../palette/overlay.ts'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { Frame } from './Frame.tsx'
import { LiveThreads } from './LiveThreads.tsx'
import { PaneRow } from './PaneRow.tsx'
import { PaneView } from './PaneView.tsx'
import { PlaceLinks } from './PlaceLinks.tsx'
import { Places } from './Places.tsx'
import { idOfPane, type Pane } from './paneRoute.ts'
import { SideFoot } from './SideFoot.tsx'
import { ThreadActions } from './ThreadActions.tsx'
import { ThreadsDrawer } from './ThreadsDrawer.tsx'
import { ThreadView } from './ThreadView.tsx'
import { useDocumentTitle } from './useDocumentTitle.ts'
import { useIsWide } from './useIsWide.ts'
import { usePaneKeys } from './usePaneKeys.ts'
import { type Panes, usePanes } from './usePanes.ts'
import { useTellTimeZone } from './useTellTimeZone.ts'
import { useThreadsSide } from './useThreadsSide.ts'
import { useWays } from './useWays.ts'
import { WorkspaceContext } from './workspaceContext.ts'

const JobPane = lazyPart(() => import('../jobs/JobPane.tsx').then((pane) => pane.JobPane))

type PersonWorkspaceProps = { ownerId: string; isReady: boolean; sights: readonly ThreadSight[] }

export function PersonWorkspace({ ownerId, isReady, sights }: PersonWorkspaceProps) {
  const panes = usePanes(ownerId)
  const { place } = panes
  const isWide = useIsWide()
  const ways = useWays(panes, isWide)
  const inbox = useInbox(isReady)
  const side = useThreadsSide(isWide)
  useTellTimeZone(isReady)
  usePaneKeys(panes)
  useDocumentTitle(panes, isReady, sights, inbox.count)
  const shown = useShownThreads(panes, isWide)

  const threads = (
    <PaneBoundary resetKey={`${place}:${panes.focusId}:${isReady}`}>
      <LiveThreads
        isReady={isReady}
        currentId={ways.focusedThreadId}
        needYou={inbox.threadIds}
        places={<PlaceLinks place={place} needYou={inbox.count} onOpen={side.closeDrawer} />}
        open={(threadId) => {
          side.closeDrawer()
          ways.open(threadId)
        }}
        startNew={() => {
          side.closeDrawer()
          ways.startNew()
        }}
        search={() => {
          side.closeDrawer()
          showOverlay({ kind: 'palette' })
        }}
      />
    </PaneBoundary>
  )
  // Where the column of threads is hidden, the first pane has the way to it.
  const barOf = (isFirst: boolean) => ({
    before: (
      <IconButton
        label={strings.threads.open}
        onClick={side.open}
        className={isFirst && side.isHidden ? undefined : 'lg:hidden'}
      >
        <Menu size={20} aria-hidden="true" />
      </IconButton>
    ),
    after: (
      <div className="lg:hidden">
        <InboxLink count={inbox.count} isCurrent={place === 'inbox'} isSmall />
      </div>
    ),
  })
  const drawPane = (pane: Pane) => (
    <PaneView
      key={idOfPane(pane)}
      pane={pane}
      panes={panes}
      isReady={isReady}
      sights={sights}
      {...barOf(pane === panes.layout.panes[0])}
      actions={pane.kind === 'thread' ? <ThreadActions threadId={pane.threadId} isReady={isReady} /> : null}
    >
      {pane.kind === 'job' ? (
        <Suspense>
          <JobPane messageId={pane.messageId} isReady={isReady} />
        </Suspense>
      ) : (
        <ThreadView pane={pane} ownerId={ownerId} isReady={isReady} panes={panes} inbox={inbox.data} sights={sights} />
      )}
    </PaneView>
  )
  return (
    <WorkspaceContext value={ways}>
      <Frame
        side={threads}
        foot={<SideFoot />}
        isSideHidden={side.isHidden}
        hideSide={side.hide}
        drawer={
          <ThreadsDrawer isOpen={side.isDrawerOpen} close={side.closeDrawer} header={<Wordmark />}>
            {threads}
            <SideFoot />
          </ThreadsDrawer>
        }
      >
        <ConnectionBanner />
        {place === 'chat' ? (
          <PaneRow panes={panes} isReady={isReady} isWide={isWide} sights={sights} draw={drawPane} />
        ) : (
          <PaneBoundary resetKey={`${place}:${isReady}`}>
            <Places place={place} isReady={isReady} inbox={inbox.data} {...barOf(true)} />
          </PaneBoundary>
        )}
        <Overlays isReady={isReady} toggleThreads={side.toggle} />
        <LazyNotices
          ownerId={ownerId}
          isReady={isReady}
          inbox={inbox.data}
          shown={shown}
          isInbox={place === 'inbox'}
          open={ways.open}
        />
      </Frame>
    </WorkspaceContext>
  )
}

/** The threads before the person's eyes. */
function useShownThreads({ place, layout, focusId }: Panes, isWide: boolean): ReadonlySet<string> {
  return useMemo(() => {
    const inSight = layout.panes.filter((pane) => isWide || idOfPane(pane) === focusId)
    return new Set(place === 'chat' ? inSight.flatMap((pane) => (pane.kind === 'job' ? [] : [pane.threadId])) : [])
  }, [place, layout, focusId, isWide])
}
