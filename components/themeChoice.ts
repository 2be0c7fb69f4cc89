// How the page looks on this device: light, dark, or as the system says; and how large its text is. Applied before the first paint.

export type ThemeChoice = 'system' | 'light' | 'dark'
export const THEME_KEY = 'nightshift:theme'

export function parseThemeChoice(value: string | null): ThemeChoice {
  return value === 'light' || value === 'dark' ? value : 'system'
}

export function nextThemeChoice(choice: ThemeChoice): ThemeChoice {
  return choice === 'system' ? 'light' : choice === 'light' ? 'dark' : 'system'
}

export type TextSize = 'small' | 'normal' | 'large'
export const TEXT_KEY = 'nightshift:text'

export function parseTextSize(value: string | null): TextSize {
  return value === 'small' || value === 'large' ? value : 'normal'
}

/**
 * Runs in <head>, before anything is drawn: `data-theme` is always resolved to light or dark, `data-text` to a size. Text, not a function: it must
 * not depend on how the bundler names things. Storage may be forbidden; then it is as the system says.
 */
export const themeScript = `(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    let choice = null
    try { choice = localStorage.getItem('${THEME_KEY}') } catch {}
    let text = null
    try { text = localStorage.getItem('${TEXT_KEY}') } catch {}
    document.documentElement.dataset.theme = choice === 'light' || choice === 'dark' ? choice : dark.matches ? 'dark' : 'light'
    document.documentElement.dataset.text = text === 'small' || text === 'large' ? text : 'normal'
  }
  apply()
  dark.addEventListener('change', apply)
  addEventListener('storage', apply)
  addEventListener('nightshift:choice', apply)
})()`
