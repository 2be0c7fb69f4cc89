/** Somebody has this page before them, and in use. */
export const isLookedAt = (): boolean => document.visibilityState === 'visible' && document.hasFocus()
