'use client'
// How the page looks on this device.
import { useId, useSyncExternalStore } from 'react'
import { ChoiceGroup } from '../../components/ChoiceGroup.tsx'
import { settingsStrings } from '../../components/strings/settings.ts'
import {
  parseTextSize,
  parseThemeChoice,
  TEXT_KEY,
  type TextSize,
  THEME_KEY,
  type ThemeChoice,
} from '../../components/themeChoice.ts'
import { useDeviceChoice } from '../../components/useDeviceChoice.ts'
import { SettingsSection } from './SettingsSection.tsx'

const say = settingsStrings.appearance
const themes: readonly ThemeChoice[] = ['system', 'light', 'dark']
const sizes: readonly TextSize[] = ['small', 'normal', 'large']

export function AppearanceSection() {
  const [theme, chooseTheme] = useDeviceChoice(THEME_KEY, parseThemeChoice)
  const [text, chooseText] = useDeviceChoice(TEXT_KEY, parseTextSize)
  const isReduced = useReducedMotion()
  return (
    <SettingsSection id="appearance" lead={say.lead}>
      <div className="space-y-4">
        <Row title={say.theme}>
          {(labelledBy) => (
            <ChoiceGroup
              labelledBy={labelledBy}
              choices={themes.map((value) => ({ value, label: say.themes[value] }))}
              value={theme}
              choose={chooseTheme}
            />
          )}
        </Row>
        <Row title={say.text}>
          {(labelledBy) => (
            <ChoiceGroup
              labelledBy={labelledBy}
              choices={sizes.map((value) => ({ value, label: say.texts[value] }))}
              value={text}
              choose={chooseText}
            />
          )}
        </Row>
        <div>
          <h3 className="font-medium">{say.motion}</h3>
          <p className="text-sm text-soft text-pretty">{isReduced ? say.motionReduced : say.motionFull}</p>
        </div>
      </div>
    </SettingsSection>
  )
}

function Row({ title, children }: { title: string; children: (titleId: string) => React.ReactNode }) {
  const id = useId()
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <h3 id={id} className="font-medium">
        {title}
      </h3>
      {children(id)}
    </div>
  )
}

const reduced = '(prefers-reduced-motion: reduce)'

function useReducedMotion(): boolean {
  return useSyncExternalStore(
    (hear) => {
      const query = matchMedia(reduced)
      query.addEventListener('change', hear)
      return () => query.removeEventListener('change', hear)
    },
    () => matchMedia(reduced).matches,
    () => false,
  )
}
