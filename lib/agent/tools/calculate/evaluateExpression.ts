/**
 * Works an expression out. mathjs only reads it: the tree it gives is walked here, and what is not listed here (assignments, functions
 * of one's own, matrices, texts, ranges …) does not exist. So there is nothing to break out of.
 */
import type { MathNode } from 'mathjs'
import { type Amount, add, divide, multiply, NoResult, negate, parseAmount, power, subtract } from './amount.ts'
import { constants, factorial, functions, modulo } from './functions.ts'

export const MOST_EXPRESSION_CHARS = 1_000
const MOST_DEPTH = 100

const operators: ReadonlyMap<string, (a: Amount, b: Amount) => Amount> = new Map([
  ['add', add],
  ['subtract', subtract],
  ['multiply', multiply],
  ['divide', divide],
  ['pow', power],
  ['mod', modulo],
])
const prefixes: ReadonlyMap<string, (a: Amount) => Amount> = new Map([
  ['unaryMinus', negate],
  ['unaryPlus', (a: Amount) => a],
  ['factorial', factorial],
])

/** As people type it: other signs for the same, and spoken powers. */
function tidy(expression: string): string {
  return expression
    .trim()
    .replace(/[×·∙⋅]/g, '*')
    .replace(/[÷∕]/g, '/')
    .replace(/[−–]/g, '-')
    .replace(/\*\*/g, '^')
    .replace(/π/g, ' pi ')
    .replace(/√\s*(?=\()/g, 'sqrt')
    .replace(/√\s*(\d+(?:\.\d+)?)/g, 'sqrt($1)')
    .replace(/[²³]/g, (sign) => (sign === '²' ? '^2' : '^3'))
}

function refuseOddities(expression: string): void {
  if (expression.length > MOST_EXPRESSION_CHARS) {
    throw new NoResult(`An expression has at most ${MOST_EXPRESSION_CHARS} characters.`)
  }
  const odd = /[^0-9a-z .,+\-*/^%!()]/i.exec(expression)
  if (odd) throw new NoResult(`“${odd[0]}” is not understood. Use numbers, + - * / ^ % ! ( ) and functions.`)
  if (/\d,\d{3}(?!\d)/.test(expression) && !/[a-z]\s*\(/i.test(expression)) {
    throw new NoResult('Write numbers without thousands separators.')
  }
  if (/(?:^|[^a-z0-9.])0[a-z]/i.test(expression)) throw new NoResult('Write numbers in decimal.')
  let depth = 0
  for (const sign of expression) {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0
    if (depth > MOST_DEPTH) throw new NoResult(`Brackets may be ${MOST_DEPTH} deep.`)
  }
}

function unknown(name: string): never {
  throw new NoResult(
    `“${name}” is not known. Functions: ${[...functions.keys()].join(', ')}. Constants: ${[...constants.keys()].join(', ')}.`,
  )
}

function callFunction(name: string, args: Amount[]): Amount {
  const found = functions.get(name) ?? unknown(name)
  const [first, ...rest] = args
  if (first === undefined || args.length < found.least || args.length > found.most) {
    throw new NoResult(`${name} does not take ${args.length} values.`)
  }
  return found.call([first, ...rest])
}

function operate(fn: string, sign: string, [a, b]: Amount[]): Amount {
  const two = operators.get(fn)
  if (a !== undefined && b !== undefined && two) return two(a, b)
  const one = prefixes.get(fn)
  if (a !== undefined && b === undefined && one) return one(a)
  throw new NoResult(`“${sign}” is not understood.`)
}

type Mathjs = typeof import('mathjs')
type Reader = { parse: Mathjs['parse'] } & Pick<
  Mathjs,
  'isConstantNode' | 'isSymbolNode' | 'isParenthesisNode' | 'isOperatorNode' | 'isFunctionNode'
>

let reader: Promise<Reader> | undefined

/** Loaded with the first expression: it is large. Numbers stay decimal, so that none loses a digit while it is read. */
function loadReader(): Promise<Reader> {
  reader ??= import('mathjs').then(({ create, parseDependencies, ...guards }) => {
    const { parse } = create({ ...parseDependencies }, { number: 'BigNumber' })
    return { ...guards, parse }
  })
  return reader
}

/**
 * A node may stand in the tree twice (in `200 + 10%` the 200 does), so each is worked out once: a chain of them would double the work
 * with every link.
 */
function createWalk(read: Reader) {
  const known = new Map<MathNode, Amount>()
  const workOut = (node: MathNode): Amount => {
    if (read.isConstantNode(node)) return parseAmount(String(node.value))
    if (read.isSymbolNode(node)) return constants.get(node.name) ?? unknown(node.name)
    if (read.isParenthesisNode(node)) return walk(node.content)
    if (read.isOperatorNode(node)) return operate(node.fn, node.op, node.args.map(walk))
    if (read.isFunctionNode(node) && read.isSymbolNode(node.fn)) return callFunction(node.fn.name, node.args.map(walk))
    throw new NoResult('Only arithmetic is understood: numbers, operators and functions.')
  }
  const walk = (node: MathNode): Amount => {
    const amount = known.get(node) ?? workOut(node)
    known.set(node, amount)
    return amount
  }
  return walk
}

export async function evaluateExpression(expression: string): Promise<Amount> {
  const text = tidy(expression)
  refuseOddities(text)
  const read = await loadReader()
  try {
    return createWalk(read)(read.parse(text))
  } catch (error) {
    if (error instanceof NoResult) throw error
    if (error instanceof RangeError) throw new NoResult('The expression is too deep or its numbers are too large.')
    throw new NoResult(`The expression is not understood: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
