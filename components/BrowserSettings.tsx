'use client'
// What the browser must know and only the server's environment says. Handed over at run time, so that one build serves everywhere.
import { createContext, type ReactNode, useContext } from 'react'

export type BrowserSettings = { convexUrl: string; signInUrl: string }

const SettingsContext = createContext<BrowserSettings | null>(null)

export function BrowserSettingsProvider({ settings, children }: { settings: BrowserSettings; children: ReactNode }) {
  return <SettingsContext value={settings}>{children}</SettingsContext>
}

export function useBrowserSettings(): BrowserSettings {
  const settings = useContext(SettingsContext)
  if (settings === null)
    throw new Error('There is no BrowserSettingsProvider above this component (app/layout.tsx has it).')
  return settings
}
