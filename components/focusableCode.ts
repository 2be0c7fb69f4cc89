// A code block wider than the screen scrolls, so a keyboard must reach it: Streamdown hands what its `code` has to the box that scrolls.
import { strings } from './strings.ts'

export type MarkupNode = {
  type: string
  tagName?: string
  /** A text's. */
  value?: string
  properties?: Record<string, unknown>
  children?: MarkupNode[]
}

/** A rehype plugin. After the sanitizer: a model cannot make anything else focusable. */
export function focusableCode() {
  return (tree: MarkupNode): void => visit(tree, undefined)
}

function visit(node: MarkupNode, parent: MarkupNode | undefined): void {
  if (node.tagName === 'code' && parent?.tagName === 'pre') {
    node.properties = { ...node.properties, tabIndex: 0, role: 'group', ariaLabel: strings.markdown.code }
  }
  for (const child of node.children ?? []) visit(child, node)
}
