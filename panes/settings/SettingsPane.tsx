'use client'
// Everything a person has set for all their chats, on one page. Each part saves by itself.
import { useQuery } from 'convex/react'
import { useBrowserSettings } from '../../components/BrowserSettings.tsx'
import { settingsStrings } from '../../components/strings/settings.ts'
import { strings } from '../../components/strings.ts'
import { useNow } from '../../components/useNow.ts'
import { api } from '../../convex/_generated/api.js'
import type { Preferences } from '../../convex/validators.ts'
import { InstructionsSection } from './InstructionsSection.tsx'
import { MemorySection } from './MemorySection.tsx'
import { ModelsSection } from './ModelsSection.tsx'
import { SpendingSection } from './SpendingSection.tsx'
import { TimeZoneSection } from './TimeZoneSection.tsx'
import { ToolsSection } from './ToolsSection.tsx'
import { useMemories, useMemoryDoings } from './useMemories.ts'
import { usePreferences, useSetPreferences } from './useSettings.ts'
import { useTools } from './useTools.ts'

export function SettingsPane({ isReady }: { isReady: boolean }) {
  const preferences = usePreferences(isReady)
  return (
    <section
      aria-label={strings.settings.name}
      className="thin-scroll min-h-0 flex-1 overflow-y-auto overscroll-contain"
    >
      <div className="mx-auto w-full max-w-[46rem] px-4 pt-4 pb-[max(2rem,var(--safe-bottom))] sm:px-8">
        {preferences === null ? <Loading /> : <Sections preferences={preferences} isReady={isReady} />}
      </div>
    </section>
  )
}

function Sections({ preferences, isReady }: { preferences: Preferences; isReady: boolean }) {
  const { models, operatorBudget } = useBrowserSettings()
  const set = useSetPreferences()
  const tools = useTools()
  const facts = useMemories(isReady)
  const memoryDoings = useMemoryDoings()
  const summary = useQuery(api.spending.summary, isReady ? {} : 'skip')
  const now = useNow(true, 10_000)
  return (
    <>
      <InstructionsSection instructions={preferences.instructions ?? ''} set={set} />
      <TimeZoneSection timeZone={preferences.timeZone} set={set} />
      <ModelsSection models={models} model={preferences.model} set={set} />
      <ToolsSection tools={tools} preferences={preferences} set={set} />
      <MemorySection isOn={preferences.memory !== false} facts={facts} now={now} set={set} doings={memoryDoings} />
      {summary === undefined ? null : <SpendingSection summary={summary} server={operatorBudget} now={now} set={set} />}
    </>
  )
}

function Loading() {
  return (
    <div role="status" aria-label={settingsStrings.loading} className="animate-pulse space-y-4 pt-4">
      <div className="h-4 w-40 rounded-full bg-bubble" />
      <div className="h-28 rounded-xl bg-bubble" />
      <div className="h-28 rounded-xl bg-bubble" />
    </div>
  )
}
