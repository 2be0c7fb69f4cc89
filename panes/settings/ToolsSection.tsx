'use client'
// What replies may do by themselves, tool by tool.
import { useId } from 'react'
import { ChoiceGroup } from '../../components/ChoiceGroup.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { settingsStrings } from '../../components/strings/settings.ts'
import { strings } from '../../components/strings.ts'
import type { Permission, Preferences } from '../../convex/validators.ts'
import { permissions, type ToolCard } from './parseTools.ts'
import { SettingsSection } from './SettingsSection.tsx'
import { SavingWords, useSaving } from './useSaving.tsx'
import type { SetPreferences } from './useSettings.ts'
import type { Tools } from './useTools.ts'

const say = settingsStrings.tools
const about: Readonly<Record<string, string>> = say.about
const choices = permissions.map((value) => ({ value, label: say.options[value] }))
const needMemory = ['remember', 'recall', 'forget']

type ToolsSectionProps = { tools: Tools; preferences: Preferences; set: SetPreferences }

export function ToolsSection({ tools, preferences, set }: ToolsSectionProps) {
  const chosen = preferences.tools ?? {}
  const [saving, save] = useSaving()
  const isUntouched = Object.keys(chosen).length === 0
  return (
    <SettingsSection id="tools" lead={say.lead}>
      {tools.kind === 'loading' ? (
        <p role="status" className="text-sm text-soft">
          {say.loading}
        </p>
      ) : null}
      {tools.kind === 'failed' ? (
        <p role="alert" className="text-sm text-bad">
          {say.failed} <QuietButton onClick={tools.again}>{strings.actions.tryAgain}</QuietButton>
        </p>
      ) : null}
      <ul className="divide-y divide-line">
        {(tools.kind === 'there' ? tools.tools : []).map((tool) => (
          <Tool
            key={tool.name}
            tool={tool}
            chosen={Object.hasOwn(chosen, tool.name) ? chosen[tool.name] : undefined}
            isOff={preferences.memory === false && needMemory.includes(tool.name)}
            set={set}
          />
        ))}
      </ul>
      <div className="mt-2 flex flex-wrap items-center gap-3">
        {isUntouched ? null : (
          <QuietButton tone="framed" onClick={() => void save(() => set({ tools: null }))}>
            {say.reset}
          </QuietButton>
        )}
        <SavingWords saving={saving} />
      </div>
    </SettingsSection>
  )
}

type ToolProps = { tool: ToolCard; chosen: Permission | undefined; isOff: boolean; set: SetPreferences }

function Tool({ tool, chosen, isOff, set }: ToolProps) {
  const id = useId()
  const [saving, save] = useSaving()
  const isChanged = chosen !== undefined && chosen !== tool.permission
  const words = Object.hasOwn(about, tool.name) ? about[tool.name] : tool.description
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <h3 id={id} className="font-mono text-[0.9375rem] wrap-anywhere">
          {tool.name}
        </h3>
        <p id={`${id}-about`} className="text-sm leading-snug text-soft">
          {words} {isOff ? say.needsMemory : isChanged ? say.byDefault(say.options[tool.permission]) : ''}
        </p>
      </div>
      <div>
        <ChoiceGroup
          labelledBy={id}
          describedBy={`${id}-about`}
          choices={choices}
          value={chosen ?? tool.permission}
          choose={(permission) => void save(() => set({ tools: { [tool.name]: permission } }))}
        />
        {saving.kind === 'failed' ? <SavingWords saving={saving} /> : null}
      </div>
    </li>
  )
}
