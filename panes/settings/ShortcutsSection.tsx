'use client'
// Every key the workspace knows.
import { settingsStrings } from '../../components/strings/settings.ts'
import { ShortcutTables } from '../shortcuts/ShortcutTables.tsx'
import { SettingsSection } from './SettingsSection.tsx'

export function ShortcutsSection({ isApple }: { isApple: boolean }) {
  return (
    <SettingsSection id="shortcuts" lead={settingsStrings.shortcuts.lead}>
      <ShortcutTables isApple={isApple} />
    </SettingsSection>
  )
}
