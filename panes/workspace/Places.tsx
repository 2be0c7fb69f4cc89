'use client'
// The places beside the chat, each alone on the page.
import { type ReactNode, Suspense } from 'react'
import { lazyPart } from '../../components/lazyPart.tsx'
import { strings } from '../../components/strings.ts'
import type { InboxData } from '../inbox/useInbox.ts'
import { PaneBar } from './PaneBar.tsx'
import type { Place } from './threadRoute.ts'

const InboxPane = lazyPart(() => import('../inbox/InboxPane.tsx').then((pane) => pane.InboxPane))
const JobsPane = lazyPart(() => import('../jobs/JobsPane.tsx').then((pane) => pane.JobsPane))
const SchedulesPane = lazyPart(() => import('../schedules/SchedulesPane.tsx').then((pane) => pane.SchedulesPane))
const SettingsPane = lazyPart(() => import('../settings/SettingsPane.tsx').then((pane) => pane.SettingsPane))

type PlacesProps = {
  place: Exclude<Place, 'chat'>
  isReady: boolean
  inbox: InboxData | null
  before: ReactNode
  after: ReactNode
}

export function Places({ place, isReady, inbox, before, after }: PlacesProps) {
  return (
    <>
      <PaneBar title={strings[place].name} level="h1" before={before}>
        {after}
      </PaneBar>
      <div className="flex min-h-0 flex-1 flex-col">
        <Suspense>
          {place === 'inbox' ? <InboxPane data={inbox} isReady={isReady} /> : null}
          {place === 'jobs' ? <JobsPane isReady={isReady} /> : null}
          {place === 'schedules' ? <SchedulesPane isReady={isReady} /> : null}
          {place === 'settings' ? <SettingsPane isReady={isReady} /> : null}
        </Suspense>
      </div>
    </>
  )
}
