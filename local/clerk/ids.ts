/** Ids in the real service's form: a prefix and 27 characters of base 62. */
import { randomBytes } from 'node:crypto'

export type IdKind = 'user' | 'idn' | 'client' | 'sess' | 'sia' | 'sua' | 'msg' | 'sit'
export type NewId = (kind: IdKind) => string

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** 27 characters: more than 150 bits. The slight bias of `% 62` does not matter for an id. */
export const newId: NewId = (kind) =>
  `${kind}_${Array.from(randomBytes(27), (byte) => alphabet[byte % alphabet.length]).join('')}`
