/** A title is one line, without what a terminal or a model leaves around it. */

export function tidyTitle(title: string): string {
  return title
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** From a model: also without quotes around it, and cut where a person's would be refused. */
export function tidyModelTitle(title: string, maxChars: number): string {
  const line = tidyTitle(title)
    .replace(/^["'“”„«»]+|["'“”«».]+$/g, '')
    .trim()
  return line.length <= maxChars
    ? line
    : `${line
        .slice(0, maxChars - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`
}
