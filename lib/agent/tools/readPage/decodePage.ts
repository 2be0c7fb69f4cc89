/** The text of a page's bytes, in the character set that the server, the first bytes or the page itself names. */
import { PageProblem } from './pageAddress.ts'

/** Where a page names its own character set. */
const LOOKED_AT = 1_024

function decoderFor(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label)
  } catch {
    return undefined
  }
}

const named = /charset\s*=\s*["']?([\w.:-]{1,40})/i
const declared = /^<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]{1,40})/

function byMark(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined
}

export function decodePage(bytes: Buffer, contentType: string): string {
  const head = bytes.subarray(0, LOOKED_AT).toString('latin1')
  const label = byMark(bytes) ?? named.exec(contentType)?.[1] ?? (declared.exec(head) ?? named.exec(head))?.[1]
  const decoder = (label && decoderFor(label)) || new TextDecoder()
  const text = decoder.decode(bytes)
  if (text.slice(0, LOOKED_AT).includes('\u0000')) throw new PageProblem('It is no text.')
  return text
}
