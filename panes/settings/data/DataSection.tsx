'use client'
// A person's data as a whole: how much there is, taken along, shared, deleted.
import { useQuery } from 'convex/react'
import type { ReactNode } from 'react'
import { settingsStrings } from '../../../components/strings/settings.ts'
import { api } from '../../../convex/_generated/api.js'
import { DeleteAccount } from '../account/DeleteAccount.tsx'
import { SettingsSection } from '../SettingsSection.tsx'
import { type Counts, countWords } from './countWords.ts'
import { ExportView } from './ExportView.tsx'
import { SharedLinks } from './SharedLinks.tsx'
import { useExport } from './useExport.ts'

const say = settingsStrings.data

export function DataSection({ isReady, now }: { isReady: boolean; now: number }) {
  const counts = useQuery(api.account.summary, isReady ? {} : 'skip')
  return (
    <DataParts counts={counts}>
      <ExportView {...useExport()} />
      <SharedLinks isReady={isReady} now={now} />
      <DeleteAccount counts={counts} />
    </DataParts>
  )
}

export function DataParts({ counts, children }: { counts: Counts | undefined; children: ReactNode }) {
  return (
    <SettingsSection id="data" lead={say.lead}>
      <p className="min-h-6 text-[0.9375rem]">
        {counts === undefined ? '' : countWords(counts).join(' · ') || say.nothing}
      </p>
      {children}
    </SettingsSection>
  )
}
