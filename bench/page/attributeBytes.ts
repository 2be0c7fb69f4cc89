/** Which of a script's characters come from which source. Pure. */
import type { SourceMap } from 'node:module'

/**
 * The text of each source in this script, by the name the map gives it. What stands before the first mapping of a line, or maps to
 * nothing, is under ''. A bundler's few characters around a module count to the module before them.
 */
export function splitBySource(code: string, map: Pick<SourceMap, 'findEntry'>): Map<string, string> {
  const pieces = new Map<string, string[]>()
  for (const [line, text] of code.split('\n').entries()) {
    for (const { from, to, source } of stretches(line, text.length, map)) {
      const known = pieces.get(source)
      const piece = text.slice(from, to)
      if (known) known.push(piece)
      else pieces.set(source, [piece])
    }
  }
  return new Map([...pieces].map(([source, texts]) => [source, texts.join('')]))
}

interface Stretch {
  from: number
  to: number
  source: string
}

/** Where both ends lie in one mapping, all between does: halving finds the borders without looking at each character. */
function stretches(line: number, length: number, map: Pick<SourceMap, 'findEntry'>): Stretch[] {
  const found: Stretch[] = []
  const read = (column: number) => {
    const entry = map.findEntry(line, column)
    const isHere = 'generatedLine' in entry && entry.generatedLine === line
    return { column, start: isHere ? entry.generatedColumn : -1, source: isHere ? (entry.originalSource ?? '') : '' }
  }
  type Read = ReturnType<typeof read>
  const add = ({ source }: Read, from: number, to: number) => {
    const last = found.at(-1)
    if (last?.source === source) last.to = to
    else found.push({ from, to, source })
  }
  const visit = (first: Read, last: Read): void => {
    if (first.start === last.start) {
      add(first, first.column, last.column + 1)
      return
    }
    const middle = Math.floor((first.column + last.column) / 2)
    visit(first, middle === first.column ? first : read(middle))
    visit(read(middle + 1), last)
  }
  if (length > 0) visit(read(0), read(length - 1))
  return found
}
