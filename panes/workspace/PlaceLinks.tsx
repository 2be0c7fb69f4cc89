'use client'
// The places beside the threads, as links: what needs the person, then the others.
import { Activity, CalendarClock, Settings } from 'lucide-react'
import { strings } from '../../components/strings.ts'
import { InboxLink } from '../inbox/InboxLink.tsx'
import { PlaceLink } from './PlaceLink.tsx'
import { JOBS_PATH, type Place, SCHEDULES_PATH, SETTINGS_PATH } from './threadRoute.ts'

type PlaceLinksProps = { place: Place; needYou: number; onOpen: () => void }

export function PlaceLinks({ place, needYou, onOpen }: PlaceLinksProps) {
  return (
    <>
      <InboxLink count={needYou} isCurrent={place === 'inbox'} onOpen={onOpen} />
      <PlaceLink
        path={JOBS_PATH}
        name={strings.jobs.name}
        icon={Activity}
        isCurrent={place === 'jobs'}
        onOpen={onOpen}
      />
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
