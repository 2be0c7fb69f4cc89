/** The title of a chat: the first words of what was said, without the assistant's own command words. */
const TITLE_WORDS = 6
const LONGEST_TITLE = 60

/** "echo hello there" → "Hello there". */
export function computeTitle(prompt: string): string {
  const firstLine = prompt
    .replace(/^\s*(?:user|person|human)\s*:\s*/i, '')
    .trim()
    .split('\n')[0]
  const words = (firstLine ?? '').replace(/^echo\s+/i, '').split(/\s+/)
  const title = words.slice(0, TITLE_WORDS).join(' ').slice(0, LONGEST_TITLE).trim()
  return title === '' ? 'New chat' : title.charAt(0).toUpperCase() + title.slice(1)
}
