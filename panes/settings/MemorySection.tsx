'use client'
// What is remembered about the person, and whether anything is.
import { Switch } from '../../components/Switch.tsx'
import { savingStrings } from '../../components/strings/saving.ts'
import { settingsStrings } from '../../components/strings/settings.ts'
import { explainFailure } from '../chat/explainFailure.ts'
import { showNotice } from '../notices/showNotice.ts'
import { FactList } from './FactList.tsx'
import { SettingsSection } from './SettingsSection.tsx'
import type { MemoryData, MemoryDoings } from './useMemories.ts'
import { SavingWords, useSaving } from './useSaving.tsx'
import type { SetPreferences } from './useSettings.ts'

const say = settingsStrings.memory

type MemorySectionProps = {
  isOn: boolean
  /** Undefined while they are fetched. */
  facts: readonly MemoryData[] | undefined
  now: number
  set: SetPreferences
  doings: MemoryDoings
}

export function MemorySection({ isOn, facts, now, set, doings }: MemorySectionProps) {
  const [saving, save] = useSaving()
  const remove = async (fact: MemoryData) => {
    await doings.remove(fact)
    offerBack(fact, doings.bringBack)
  }
  return (
    <SettingsSection id="memory" lead={say.lead}>
      <Switch label={say.toggle} isOn={isOn} turn={(memory) => void save(() => set({ memory }))} />
      {isOn ? null : <p className="mb-2 text-sm text-soft">{say.off}</p>}
      {saving.kind === 'failed' ? <SavingWords saving={saving} /> : null}
      <h3 className="mt-3 mb-2 text-sm font-medium text-soft">{say.facts}</h3>
      {facts === undefined ? null : <FactList facts={facts} now={now} doings={{ save: doings.save, remove }} />}
    </SettingsSection>
  )
}

function offerBack(fact: MemoryData, bringBack: MemoryDoings['bringBack']) {
  const id = `memory:${fact.key}`
  const undo = {
    label: say.undo,
    run: () =>
      void bringBack(fact).catch((cause: unknown) => {
        console.warn(`The fact ${fact.key} could not be brought back.`, cause)
        const more = explainFailure(cause, savingStrings.failed)
        showNotice(id, { tone: 'bad', words: say.undoFailed, more, action: undo })
      }),
  }
  showNotice(id, { tone: 'quiet', words: say.removed, more: fact.text, action: undo })
}
