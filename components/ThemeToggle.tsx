'use client'
// One button through the three choices: as the system, light, dark.
import { Moon, Sun, SunMoon } from 'lucide-react'
import { IconButton } from './IconButton.tsx'
import { strings } from './strings.ts'
import { nextThemeChoice, parseThemeChoice, THEME_KEY } from './themeChoice.ts'
import { useDeviceChoice } from './useDeviceChoice.ts'

const icons = { system: SunMoon, light: Sun, dark: Moon }

export function ThemeToggle() {
  const [choice, choose] = useDeviceChoice(THEME_KEY, parseThemeChoice)
  const Icon = icons[choice]
  return (
    <IconButton label={strings.theme[choice]} onClick={() => choose(nextThemeChoice(choice))}>
      <Icon size={18} aria-hidden="true" />
    </IconButton>
  )
}
