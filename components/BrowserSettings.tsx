'use client'
// What the browser must know and only the server's environment says. Handed over at run time, so that one build serves everywhere.
import { createContext, type ReactNode, useContext } from 'react'

/** A model on offer. Prices are micros (millionths of a US dollar) for a million tokens; absent: not known. */
export type ModelCard = {
  id: string
  provider: string
  label: string
  tools: boolean
  reasoning: boolean
  contextTokens: number
  price?: { inputMicros: number; cachedMicros: number; outputMicros: number }
}

/** A provider of models, and whether the server has a key (or an endpoint) for it. Never the key. */
export type ProviderCard = { label: string; isSet: boolean }

export type BrowserSettings = {
  convexUrl: string
  signInUrl: string
  /** The first is the default, the order is that of fallback. */
  models: readonly ModelCard[]
  providers: readonly ProviderCard[]
  /** What the operator allows each person to spend, in micros; absent: no limit. */
  operatorBudget: { dayMicros?: number; monthMicros?: number }
  /** Where a run can be looked at, with `{runId}` in it; absent: nowhere. */
  runUrl?: string | undefined
}

const SettingsContext = createContext<BrowserSettings | null>(null)

export function BrowserSettingsProvider({ settings, children }: { settings: BrowserSettings; children: ReactNode }) {
  return <SettingsContext value={settings}>{children}</SettingsContext>
}

export function useBrowserSettings(): BrowserSettings {
  const settings = useContext(SettingsContext)
  if (settings === null)
    throw new Error('There is no BrowserSettingsProvider above this component (app/PersonProviders.tsx has it).')
  return settings
}

/** The models that this server offers. */
export function useModels(): readonly ModelCard[] {
  return useBrowserSettings().models
}
