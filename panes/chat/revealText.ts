// Text of unknown origin with nothing hidden in it: what a reader would not see, or what makes them see something else (controls,
// direction marks, zero-width and filler characters), becomes a visible mark. Pure.

export type RevealedText = ({ kind: 'plain'; text: string } | { kind: 'hidden'; code: string })[]

/**
 * Cc are controls, Default_Ignorable what draws nothing (direction, zero width, tags, fillers, selectors), Cf the other formats, Zl and
 * Zp line separators, Cs halves of a character, Co and Cn what no font knows. Zs other than the space only looks like one, and U+2800
 * is an empty picture. Tab and newline are what they look like.
 */
const hidden = /(?![\t\n ])[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{Zs}\u2800]/gu

/** A selector or a joiner inside an emoji is part of its picture. */
const emoji =
  /\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)*/gu

export function revealText(text: string): RevealedText {
  const parts: RevealedText = []
  let from = 0
  for (const { 0: picture, index } of text.matchAll(emoji)) {
    addRevealed(parts, text.slice(from, index))
    addPlain(parts, picture)
    from = index + picture.length
  }
  addRevealed(parts, text.slice(from))
  return parts
}

function addRevealed(parts: RevealedText, text: string) {
  let from = 0
  for (const { 0: found, index } of text.matchAll(hidden)) {
    addPlain(parts, text.slice(from, index))
    parts.push({ kind: 'hidden', code: codeOf(found) })
    from = index + found.length
  }
  addPlain(parts, text.slice(from))
}

function addPlain(parts: RevealedText, text: string) {
  if (text === '') return
  const last = parts.at(-1)
  if (last?.kind === 'plain') last.text += text
  else parts.push({ kind: 'plain', text })
}

const codeOf = (character: string) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** Tools speak JSON; what cannot be read is shown as it came. The tool is given what this parsed to, so nothing is lost by it. */
export function indentJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
