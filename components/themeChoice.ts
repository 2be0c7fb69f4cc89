// Light, dark, or as the system says. The choice is kept on the device and applied before the first paint.

export type ThemeChoice = 'system' | 'light' | 'dark'
export const THEME_KEY = 'nightshift:theme'

export function parseThemeChoice(value: string | null): ThemeChoice {
  return value === 'light' || value === 'dark' ? value : 'system'
}

export function nextThemeChoice(choice: ThemeChoice): ThemeChoice {
  return choice === 'system' ? 'light' : choice === 'light' ? 'dark' : 'system'
}

/**
 * Runs in <head>, before anything is drawn: `data-theme` is always resolved to light or dark. Text, not a function: it must
 * not depend on how the bundler names things. Storage may be forbidden; then it is as the system says.
 */
export const themeScript = `(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    let choice = null
    try { choice = localStorage.getItem('${THEME_KEY}') } catch {}
    document.documentElement.dataset.theme = choice === 'light' || choice === 'dark' ? choice : dark.matches ? 'dark' : 'light'
  }
  apply()
  dark.addEventListener('change', apply)
  addEventListener('storage', apply)
  addEventListener('nightshift:theme', apply)
})()`
