/** `.filter(…)` expressions, evaluated over documents in their JSON encoding. */
import { convexToJson, jsonToConvex } from 'convex/values'
import type { JsonObject, JsonValue } from '../backend.ts'
import { encodeKey } from '../values/encodeKey.ts'
import { fieldAt, isJsonObject } from '../values/fieldAt.ts'

type Evaluate = (document: JsonObject) => JsonValue | undefined
export type Filter = (document: JsonObject) => boolean

/** Keeps a document only when the expression is `true`; a result that is not a boolean is an error. */
export function compileFilter(expression: JsonValue): Filter {
  const evaluate = compile(expression)
  return (document) => {
    const result = evaluate(document)
    if (typeof result !== 'boolean') {
      throw new Error(`A filter must evaluate to a boolean, but it evaluated to ${JSON.stringify(result)}.`)
    }
    return result
  }
}

const comparisons: Record<string, (a: string, b: string) => boolean> = {
  $eq: (a, b) => a === b,
  $neq: (a, b) => a !== b,
  $lt: (a, b) => a < b,
  $lte: (a, b) => a <= b,
  $gt: (a, b) => a > b,
  $gte: (a, b) => a >= b,
}

const numbers: Record<string, (a: number, b: number) => number> = {
  $add: (a, b) => a + b,
  $sub: (a, b) => a - b,
  $mul: (a, b) => a * b,
  $div: (a, b) => a / b,
  $mod: (a, b) => a % b,
}

const bigints: Record<string, (a: bigint, b: bigint) => bigint> = {
  $add: (a, b) => a + b,
  $sub: (a, b) => a - b,
  $mul: (a, b) => a * b,
  $div: (a, b) => a / b,
  $mod: (a, b) => a % b,
}

function compile(expression: JsonValue | undefined): Evaluate {
  if (!isJsonObject(expression)) throw new Error(`Invalid filter expression ${JSON.stringify(expression)}.`)
  const [operator, ...more] = Object.keys(expression)
  const operand = operator === undefined ? undefined : expression[operator]
  if (operator === undefined || more.length > 0)
    throw new Error(`Invalid filter expression ${JSON.stringify(expression)}.`)
  if (operator === '$literal') return compileLiteral(operand)
  if (operator === '$field' && typeof operand === 'string') {
    const path = operand.split('.')
    return (document) => fieldAt(document, path)
  }
  if (operator === '$not') return compileNot(compile(operand))
  if (operator === '$neg') return compileArithmetic('$sub', () => 0, compile(operand))
  if (operator === '$and' || operator === '$or') return compileJunction(operator, operand)
  if (!Array.isArray(operand) || operand.length !== 2)
    throw new Error(`The filter operator ${operator} needs two operands.`)
  const left = compile(operand[0])
  const right = compile(operand[1])
  const compare = comparisons[operator]
  if (compare) return (document) => compare(encodeKey(left(document)), encodeKey(right(document)))
  if (operator in numbers) return compileArithmetic(operator, left, right)
  throw new Error(`Unknown filter operator ${operator}.`)
}

function compileLiteral(value: JsonValue | undefined): Evaluate {
  const isUndefined = isJsonObject(value) && '$undefined' in value
  return () => (isUndefined ? undefined : value)
}

function compileNot(inner: Evaluate): Evaluate {
  return (document) => !requireBoolean(inner(document))
}

function compileJunction(operator: '$and' | '$or', operand: JsonValue | undefined): Evaluate {
  if (!Array.isArray(operand)) throw new Error(`The filter operator ${operator} needs a list.`)
  const parts = operand.map(compile)
  const settles = operator === '$or'
  return (document) => {
    for (const part of parts) if (requireBoolean(part(document)) === settles) return settles
    return !settles
  }
}

function requireBoolean(value: JsonValue | undefined): boolean {
  if (typeof value !== 'boolean') throw new Error(`A filter needs a boolean here, not ${JSON.stringify(value)}.`)
  return value
}

function compileArithmetic(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  return (document) => {
    const b = decode(right(document))
    const leftValue = decode(left(document))
    // Negation is written as 0 − b, for either kind of number.
    const a = leftValue === 0 && typeof b === 'bigint' ? 0n : leftValue
    if (typeof a === 'number' && typeof b === 'number') return encode(numbers[operator]?.(a, b))
    if (typeof a === 'bigint' && typeof b === 'bigint') return encode(bigints[operator]?.(a, b))
    throw new Error(`The filter operator ${operator} needs two numbers or two bigints.`)
  }
}

function decode(value: JsonValue | undefined): unknown {
  return value === undefined ? undefined : jsonToConvex(value)
}

function encode(value: number | bigint | undefined): JsonValue {
  return value === undefined
    ? null
    : (convexToJson(typeof value === 'bigint' ? BigInt.asIntN(64, value) : value) as JsonValue)
}
