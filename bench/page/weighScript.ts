/**
 * A script's weight, shared out among those who wrote it. Pure.
 *
 * The weight is that of gzip at its usual level (6), as Next's own server sends it; a proxy with Brotli sends less. Each kind's text is
 * compressed by itself, and the results are scaled so that they add up to what is really sent; a kind's share is shared out among
 * its modules in the same way.
 */
import type { SourceMap } from 'node:module'
import { gzipSync } from 'node:zlib'
import { splitBySource } from './attributeBytes.ts'
import { classifySource, type Kind } from './classifySource.ts'

export interface ModuleWeight {
  module: string
  kind: Kind
  /** gzip bytes. */
  bytes: number
}

export const gzipBytes = (text: string) => gzipSync(text).length

/** Weights that stand to each other as the texts' own do, and add up to `total`. */
export function shareOut(total: number, texts: readonly string[]): number[] {
  const alone = texts.map(gzipBytes)
  const sum = alone.reduce((all, bytes) => all + bytes, 0)
  return alone.map((bytes) => (sum === 0 ? 0 : (total * bytes) / sum))
}

interface Piece {
  module: string
  kind: Kind
  text: string
}

export function weighScript(code: string, map: Pick<SourceMap, 'findEntry'>): ModuleWeight[] {
  const pieces: Piece[] = [...splitBySource(code, map)].map(([source, text]) => ({ ...classifySource(source), text }))
  const byKind = [...Map.groupBy(pieces, ({ kind }) => kind).values()]
  const ofKinds = shareOut(
    gzipBytes(code),
    byKind.map((some) => some.map(({ text }) => text).join('')),
  )
  return byKind.flatMap((some, place) => {
    const shares = shareOut(
      ofKinds[place] ?? 0,
      some.map(({ text }) => text),
    )
    return some.map(({ module, kind }, index) => ({ module, kind, bytes: shares[index] ?? 0 }))
  })
}
