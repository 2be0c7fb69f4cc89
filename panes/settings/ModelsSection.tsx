'use client'
// The models on offer: what each can do, what it costs, and which one replies by default; and whose keys the server has.
import { Check, Minus } from 'lucide-react'
import type { ModelCard, ProviderCard } from '../../components/BrowserSettings.tsx'
import { ChoiceGroup } from '../../components/ChoiceGroup.tsx'
import { settingsStrings } from '../../components/strings/settings.ts'
import { modelWords } from '../chat/modelWords.ts'
import { SettingsSection } from './SettingsSection.tsx'
import { SavingWords, useSaving } from './useSaving.tsx'
import type { SetPreferences } from './useSettings.ts'

const say = settingsStrings.models
/** No id of a model: those have no spaces. */
const byServer = 'by server'

type ModelsSectionProps = {
  models: readonly ModelCard[]
  providers: readonly ProviderCard[]
  model: string | undefined
  set: SetPreferences
}

export function ModelsSection({ models, providers, model, set }: ModelsSectionProps) {
  const [saving, save] = useSaving()
  const isGone = model !== undefined && !models.some(({ id }) => id === model)
  const choices = models.map((one) => ({
    value: one.id,
    label: one.label,
    about: [one.provider, modelWords(one), say.context(tokensOf(one.contextTokens))].join(' · '),
  }))
  const [first] = models
  return (
    <SettingsSection id="models" lead={say.lead}>
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
      <Providers providers={providers} />
    </SettingsSection>
  )
}

function Providers({ providers }: { providers: readonly ProviderCard[] }) {
  return (
    <>
      <h3 className="mt-4 font-medium">{say.providers}</h3>
      <p className="text-sm text-soft">{say.providersLead}</p>
      <ul aria-label={say.providers} className="mt-2 grid gap-x-8 @xl:grid-cols-2">
        {providers.map(({ label, isSet }) => (
          <li
            key={label}
            className="flex items-center justify-between gap-3 border-b border-line py-2 text-[0.9375rem]"
          >
            <span className={isSet ? 'font-medium' : 'text-soft'}>{label}</span>
            <span className={`inline-flex items-center gap-1.5 text-sm ${isSet ? 'text-ink' : 'text-soft'}`}>
              {isSet ? (
                <Check size={15} aria-hidden="true" className="text-lamp" />
              ) : (
                <Minus size={15} aria-hidden="true" />
              )}
              {isSet ? say.isSet : say.isNotSet}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** `128k`, `1M`. */
function tokensOf(tokens: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(tokens).toLowerCase()
}
