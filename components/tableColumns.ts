// The widths of a table's columns: from its heading and its first row, which are there first. Whatever rows come later change nothing of
// them, so that a table that is being written does not move, and is the same once it is written.
import type { MarkupNode } from './focusableCode.ts'

/** In signs: below it a column is too narrow to be read, above it its words may as well wrap. */
const FEWEST = 5
const MOST = 60
/** In rem: a column's least width; a sign's, and what stands around the words; what one column may ask for at most, beyond which words break. */
const NARROWEST = 5.5
const SIGN = 0.53
const PADDING = 2
const ROOMY = 8

/** A rehype plugin. After the sanitizer, which takes styles away. */
export function tableColumns() {
  return (tree: MarkupNode): void => visit(tree)
}

function visit(node: MarkupNode): void {
  if (node.tagName === 'table') setWidths(node)
  else for (const child of node.children ?? []) visit(child)
}

function setWidths(table: MarkupNode): void {
  const [heading = [], first = []] = rowsOf(table).slice(0, 2).map(cellsOf)
  const words = heading.map((cell, at) => [textOf(cell), textOf(first[at])])
  if (words.length === 0) return
  const shares = sharesOf(words.map((texts) => longest(texts)))
  const columns = shares.map((share) => element('col', { style: `width:${(share * 100).toFixed(2)}%` }))
  table.children = [element('colgroup', {}, columns), ...(table.children ?? [])]
  table.properties = { ...table.properties, style: `min-width:${leastWidth(shares, words).toFixed(2)}rem` }
}

/** The root: a column with nine times the words gets three times the room, since the rows to come may be otherwise. */
function sharesOf(lengths: readonly number[]): number[] {
  const weights = lengths.map((length) => Math.sqrt(Math.min(MOST, Math.max(FEWEST, length))))
  const sum = weights.reduce((all, one) => all + one, 0)
  return weights.map((weight) => weight / sum)
}

/** In rem: words stay whole, and a table that is wider than the page scrolls. */
function leastWidth(shares: readonly number[], words: readonly string[][]): number {
  const wanted = shares.map((share, at) => {
    const word = longest((words[at] ?? []).flatMap((text) => text.split(/[\s-]+/)))
    return Math.max(NARROWEST, word * SIGN + PADDING) / share
  })
  return Math.min(Math.max(...wanted), ROOMY * shares.length)
}

const longest = (texts: readonly string[]) => Math.max(...texts.map(({ length }) => length))

const element = (tagName: string, properties: Record<string, unknown>, children: MarkupNode[] = []): MarkupNode => ({
  type: 'element',
  tagName,
  properties,
  children,
})

function rowsOf(node: MarkupNode): MarkupNode[] {
  return (node.children ?? []).flatMap((child) => (child.tagName === 'tr' ? [child] : rowsOf(child)))
}

const cellsOf = (row: MarkupNode) => (row.children ?? []).filter(({ tagName }) => tagName === 'th' || tagName === 'td')

function textOf(node: MarkupNode | undefined): string {
  return node === undefined ? '' : (node.value?.trim() ?? '') + (node.children ?? []).map(textOf).join(' ').trim()
}
