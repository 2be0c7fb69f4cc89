/** Cleans what people type, on its way in. Imported by the database functions, the server and the UI, so it imports nothing. */

/** C0 and C1 control characters but tab and line feed. They have no meaning in a chat, and terminals and logs act on them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const controlCharacters = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g

/**
 * Line ends become line feeds, control characters go, half surrogate pairs become U+FFFD (Convex and JSON would refuse or change
 * them), equal characters get equal code points (NFC), and blank lines around the text go. Spaces that indent the first line stay.
 */
export function sanitizeText(raw: string): string {
  const text = raw.replace(/\r\n?/g, '\n').replace(controlCharacters, '').toWellFormed().normalize('NFC').trimEnd()
  const firstInk = text.search(/\S/)
  const lineStart = firstInk < 0 ? 0 : text.lastIndexOf('\n', firstInk) + 1
  return text.slice(lineStart)
}
