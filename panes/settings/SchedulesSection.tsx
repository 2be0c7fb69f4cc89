'use client'
// The way to the scheduled tasks, and the time zone they are meant in.
import { CalendarClock } from 'lucide-react'
import { settingsStrings } from '../../components/strings/settings.ts'
import { isPlainPress } from '../workspace/ThreadLink.tsx'
import { goTo, SCHEDULES_PATH } from '../workspace/threadRoute.ts'
import { SettingsSection } from './SettingsSection.tsx'
import { TimeZoneForm } from './TimeZoneForm.tsx'
import type { SetPreferences } from './useSettings.ts'

const say = settingsStrings.schedules

type SchedulesSectionProps = {
  /** Undefined while they are counted. */
  count: number | undefined
  timeZone: string | undefined
  set: SetPreferences
}

export function SchedulesSection({ count, timeZone, set }: SchedulesSectionProps) {
  return (
    <SettingsSection id="schedules" lead={say.lead}>
      <p className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-1">
        <a
          href={SCHEDULES_PATH}
          onClick={(event) => isPlainPress(event) && goTo(SCHEDULES_PATH)}
          className="inline-flex min-h-11 items-center gap-2 font-medium text-lamp underline underline-offset-4"
        >
          <CalendarClock size={16} aria-hidden="true" />
          {say.open}
        </a>
        <span className="text-sm text-soft">{count === undefined ? '' : say.count(count)}</span>
      </p>
      <TimeZoneForm timeZone={timeZone} set={set} />
    </SettingsSection>
  )
}
