// How many things need the person, as a number and in words. Pure.
import { strings } from '../../components/strings.ts'

const most = 99

export const badgeOf = (count: number): string => (count > most ? `${most}+` : String(count))

export function nameOfInbox(count: number): string {
  if (count === 0) return strings.inbox.name
  return count === 1 ? strings.inbox.needsYou : strings.inbox.needYou(badgeOf(count))
}

/** The tab says it first, since little of a title is seen. */
export function titleWithCount(title: string, count: number): string {
  return count === 0 ? title : `(${badgeOf(count)}) ${title}`
}
