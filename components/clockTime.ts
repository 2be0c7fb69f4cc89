// Instants as people read them: 14:05, and the whole date where there is room.

export function formatClock(at: number, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}

export function formatDateTime(at: number, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(at)
}

/** `14:05`, with seconds when it is less than two minutes away: “at 14:05” would be over before it is read. */
export function formatSoon(at: number, now: number, locale?: string): string {
  return at - now >= 120_000 ? formatClock(at, locale) : clockToSecond(at, locale)
}

/** `14:05:01`. */
export function clockToSecond(at: number, locale?: string): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(at)
}
