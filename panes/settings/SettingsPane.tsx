'use client'
// Everything a person has set for all their chats, on one page, with the sections by name beside it. Each part saves by itself.
import { useQuery } from 'convex/react'
import { useRef } from 'react'
import { useBrowserSettings } from '../../components/BrowserSettings.tsx'
import { settingsStrings } from '../../components/strings/settings.ts'
import { strings } from '../../components/strings.ts'
import { useNow } from '../../components/useNow.ts'
import { api } from '../../convex/_generated/api.js'
import type { Preferences } from '../../convex/validators.ts'
import { AppearanceSection } from './AppearanceSection.tsx'
import { DataSection } from './data/DataSection.tsx'
import { InstructionsSection } from './InstructionsSection.tsx'
import { MemorySection } from './MemorySection.tsx'
import { ModelsSection } from './ModelsSection.tsx'
import { NotificationsSection } from './NotificationsSection.tsx'
import { ProfileSection } from './ProfileSection.tsx'
import { SchedulesSection } from './SchedulesSection.tsx'
import { SectionNav } from './SectionNav.tsx'
import { ShortcutsSection } from './ShortcutsSection.tsx'
import { SpendingSection } from './SpendingSection.tsx'
import { ToolsSection } from './ToolsSection.tsx'
import { useMemories, useMemoryDoings } from './useMemories.ts'
import { useSections } from './useSections.ts'
import { usePreferences, useSetPreferences } from './useSettings.ts'
import { useTools } from './useTools.ts'

export function SettingsPane({ isReady }: { isReady: boolean }) {
  const preferences = usePreferences(isReady)
  if (preferences === null) return <Loading />
  return <Sections preferences={preferences} isReady={isReady} />
}

function Sections({ preferences, isReady }: { preferences: Preferences; isReady: boolean }) {
  const scroller = useRef<HTMLElement>(null)
  const { current, show } = useSections(scroller)
  const { models, providers, operatorBudget } = useBrowserSettings()
  const set = useSetPreferences()
  const tools = useTools()
  const facts = useMemories(isReady)
  const memoryDoings = useMemoryDoings()
  const summary = useQuery(api.spending.summary, isReady ? {} : 'skip')
  const schedules = useQuery(api.schedules.list, isReady ? {} : 'skip')
  const now = useNow(true, 10_000)
  return (
    <section
      ref={scroller}
      aria-label={strings.settings.name}
      className="thin-scroll @container min-h-0 flex-1 scroll-smooth overflow-y-auto overscroll-contain"
    >
      <div className="mx-auto w-full max-w-[62rem] px-4 pb-[max(2rem,var(--safe-bottom))] sm:px-8 @3xl:grid @3xl:grid-cols-[11.5rem_minmax(0,1fr)] @3xl:gap-10">
        <SectionNav current={current} show={show} />
        <div className="@container max-w-[44rem] min-w-0">
          <ProfileSection />
          <AppearanceSection />
          <ModelsSection models={models} providers={providers} model={preferences.model} set={set} />
          <InstructionsSection instructions={preferences.instructions ?? ''} set={set} />
          <MemorySection isOn={preferences.memory !== false} facts={facts} now={now} set={set} doings={memoryDoings} />
          <ToolsSection tools={tools} preferences={preferences} set={set} />
          <SchedulesSection count={schedules?.length} timeZone={preferences.timeZone} set={set} />
          <NotificationsSection />
          {summary === undefined ? null : (
            <SpendingSection summary={summary} server={operatorBudget} now={now} set={set} />
          )}
          <ShortcutsSection isApple={/Mac|iPhone|iPad/.test(navigator.platform)} />
          <DataSection isReady={isReady} now={now} />
        </div>
      </div>
    </section>
  )
}

function Loading() {
  return (
    <div
      role="status"
      aria-label={settingsStrings.loading}
      className="mx-auto w-full max-w-[46rem] animate-pulse space-y-4 px-4 pt-8 sm:px-8"
    >
      <div className="h-4 w-40 rounded-full bg-bubble" />
      <div className="h-28 rounded-xl bg-bubble" />
      <div className="h-28 rounded-xl bg-bubble" />
    </div>
  )
}
