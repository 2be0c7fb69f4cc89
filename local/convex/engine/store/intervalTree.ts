/** Intervals of keys, found by a key they contain in O(log n + found): a treap ordered by start, with the highest end below. */
import type { Key } from '../values/encodeKey.ts'

interface Node<T> {
  start: Key
  end: Key
  value: T
  order: number
  priority: number
  highestEnd: Key
  left: Node<T> | undefined
  right: Node<T> | undefined
}

export class IntervalTree<T> {
  private root: Node<T> | undefined
  private made = 0
  private seed = 1
  size = 0

  /** Adds [start, end) and returns its removal. */
  add(start: Key, end: Key, value: T): () => void {
    const order = this.made++
    const node: Node<T> = {
      start,
      end,
      value,
      order,
      priority: this.nextPriority(),
      highestEnd: end,
      left: undefined,
      right: undefined,
    }
    const [left, right] = split(this.root, start, order)
    this.root = merge(merge(left, node), right)
    this.size++
    let present = true
    return () => {
      if (!present) return
      present = false
      const [before, rest] = split(this.root, start, order)
      const [, after] = split(rest, start, order + 1)
      this.root = merge(before, after)
      this.size--
    }
  }

  /** Adds the values of every interval that contains `key`. */
  collect(key: Key, into: Set<T>): void {
    const visit = (node: Node<T> | undefined): void => {
      if (!node || node.highestEnd <= key) return
      visit(node.left)
      if (node.start > key) return
      if (key < node.end) into.add(node.value)
      visit(node.right)
    }
    visit(this.root)
  }

  /** xorshift: spreads the tree, needs no secrecy. */
  private nextPriority(): number {
    this.seed ^= this.seed << 13
    this.seed ^= this.seed >>> 17
    this.seed ^= this.seed << 5
    return this.seed
  }
}

function update<T>(node: Node<T>): Node<T> {
  let highest = node.end
  if (node.left && node.left.highestEnd > highest) highest = node.left.highestEnd
  if (node.right && node.right.highestEnd > highest) highest = node.right.highestEnd
  node.highestEnd = highest
  return node
}

/** Everything below (start, order) to the left, the rest to the right. */
function split<T>(node: Node<T> | undefined, start: Key, order: number): [Node<T> | undefined, Node<T> | undefined] {
  if (!node) return [undefined, undefined]
  if (node.start < start || (node.start === start && node.order < order)) {
    const [left, right] = split(node.right, start, order)
    node.right = left
    return [update(node), right]
  }
  const [left, right] = split(node.left, start, order)
  node.left = right
  return [left, update(node)]
}

function merge<T>(left: Node<T> | undefined, right: Node<T> | undefined): Node<T> | undefined {
  if (!left) return right
  if (!right) return left
  if (left.priority > right.priority) {
    left.right = merge(left.right, right)
    return update(left)
  }
  right.left = merge(left, right.left)
  return update(right)
}
