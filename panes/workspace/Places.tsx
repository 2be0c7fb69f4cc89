'use client'
// The places beside the chat, each alone on the page.
import { type ReactNode, Suspense } from 'react'
import { strings } from '../../components/strings.ts'
import { InboxPane } from '../inbox/InboxPane.tsx'
import type { InboxData } from '../inbox/useInbox.ts'
import { lazyPane } from './lazyPane.tsx'
import { PaneBar } from './PaneBar.tsx'
import type { Place } from './threadRoute.ts'

const JobsPane = lazyPane(() => import('../jobs/JobsPane.tsx').then((pane) => pane.JobsPane))
const SchedulesPane = lazyPane(() => import('../schedules/SchedulesPane.tsx').then((pane) => pane.SchedulesPane))
const SettingsPane = lazyPane(() => import('../settings/SettingsPane.tsx').then((pane) => pane.SettingsPane))

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
        {place === 'inbox' ? <InboxPane data={inbox} isReady={isReady} /> : null}
        <Suspense>
          {place === 'jobs' ? <JobsPane isReady={isReady} /> : null}
          {place === 'schedules' ? <SchedulesPane isReady={isReady} /> : null}
          {place === 'settings' ? <SettingsPane isReady={isReady} /> : null}
        </Suspense>
      </div>
    </>
  )
}
