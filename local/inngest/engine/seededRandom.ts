/** A seeded generator (sfc32, 128 bits of state): the same seed gives the same unkindness. */
export function seededRandom(seed: string): () => number {
  const state = Uint32Array.from({ length: 4 }, (_, index) => fnv1a(`${index}:${seed}`))
  let [a = 0, b = 0, c = 0, d = 1] = state
  function next(): number {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + t) | 0
    return (t >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 16; i++) next()
  return next
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return hash >>> 0
}
