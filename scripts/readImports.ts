/** What a source file imports: by its text, without a compiler. */
export interface Import {
  from: string
  /** `import type …`: gone when the code runs. */
  isType: boolean
  line: number
}

const patterns = [
  /^\s*(?:import|export)\s+(type\s)?[^'"`;]*?\sfrom\s+['"]([^'"]+)['"]/gm,
  /^\s*import\s+()['"]([^'"]+)['"]/gm,
  /\bimport\(\s*()['"]([^'"]+)['"]/g,
  /\brequire(?:\.resolve)?\(\s*()['"]([^'"]+)['"]/g,
]

export function readImports(text: string): Import[] {
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({
      from: match[2] ?? '',
      isType: (match[1] ?? '') !== '',
      line: text.slice(0, match.index).split('\n').length,
    })),
  )
}
