'use client'
// One button through the three choices: as the system, light, dark.
import { Moon, Sun, SunMoon } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { IconButton } from './IconButton.tsx'
import { strings } from './strings.ts'
import { nextThemeChoice, parseThemeChoice, THEME_KEY, type ThemeChoice } from './themeChoice.ts'

const icons = { system: SunMoon, light: Sun, dark: Moon }

export function ThemeToggle() {
  const choice = useSyncExternalStore(subscribe, readChoice, () => 'system' as const)
  const Icon = icons[choice]
  return (
    <IconButton label={strings.theme[choice]} onClick={() => keepChoice(nextThemeChoice(choice))}>
      <Icon size={18} aria-hidden="true" />
    </IconButton>
  )
}

/** `storage` tells the other tabs, our own event this one. */
function subscribe(hear: () => void): () => void {
  addEventListener('storage', hear)
  addEventListener('nightshift:theme', hear)
  return () => {
    removeEventListener('storage', hear)
    removeEventListener('nightshift:theme', hear)
  }
}

function readChoice(): ThemeChoice {
  try {
    return parseThemeChoice(localStorage.getItem(THEME_KEY))
  } catch {
    return 'system'
  }
}

function keepChoice(choice: ThemeChoice) {
  try {
    localStorage.setItem(THEME_KEY, choice)
  } catch (cause) {
    console.warn('The theme cannot be kept on this device.', cause)
  }
  dispatchEvent(new Event('nightshift:theme'))
}
