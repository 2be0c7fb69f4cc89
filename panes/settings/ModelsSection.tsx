'use client'
// The models on offer: what each can do, what it costs, and which one replies by default.
import type { ModelCard } from '../../components/BrowserSettings.tsx'
import { ChoiceGroup } from '../../components/ChoiceGroup.tsx'
import { settingsStrings } from '../../components/strings/settings.ts'
import { modelWords } from '../chat/modelWords.ts'
import { SettingsSection } from './SettingsSection.tsx'
import { SavingWords, useSaving } from './useSaving.tsx'
import type { SetPreferences } from './useSettings.ts'

const say = settingsStrings.models
/** No id of a model: those have no spaces. */
const byServer = 'by server'

type ModelsSectionProps = { models: readonly ModelCard[]; model: string | undefined; set: SetPreferences }

export function ModelsSection({ models, model, set }: ModelsSectionProps) {
  const [saving, save] = useSaving()
  const isGone = model !== undefined && !models.some(({ id }) => id === model)
  const choices = models.map((one) => ({
    value: one.id,
    label: one.label,
    about: [one.provider, modelWords(one), say.context(tokensOf(one.contextTokens))].join(' · '),
  }))
  const [first] = models
  return (
    <SettingsSection title={say.title} lead={say.lead}>
      <ChoiceGroup
        label={say.group}
        look="rows"
        choices={[{ value: byServer, label: say.server(first?.label ?? '') }, ...choices]}
        value={model === undefined ? byServer : isGone ? null : model}
        choose={(value) => void save(() => set({ model: value === byServer ? null : value }))}
      />
      {isGone ? <p className="mt-2 text-sm text-bad">{say.gone(model)}</p> : null}
      <div className="mt-2">
        <SavingWords saving={saving} />
      </div>
    </SettingsSection>
  )
}

/** `128k`, `1M`. */
function tokensOf(tokens: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(tokens).toLowerCase()
}
