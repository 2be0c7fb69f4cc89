/** One call of one function: arguments checked, run under its execution, result checked. */
import type { JsonObject, JsonValue, Limits } from '../backend.ts'
import type { FunctionInfo } from '../code/codeVersion.ts'
import { isPlainObject } from '../values/fieldAt.ts'
import { findMismatch, type IdCheck } from '../values/validator.ts'
import { currentExecution, type Execution } from './execution.ts'
import { describeThrown, FunctionError } from './functionError.ts'

export function checkArgs(info: FunctionInfo, args: JsonValue, isIdOf: IdCheck): asserts args is JsonObject {
  if (!isPlainObject(args))
    throw new FunctionError(`ArgumentValidationError: the arguments of ${info.name} must be an object.`)
  const found = findMismatch(info.args, args, isIdOf)
  if (found !== null) throw new FunctionError(`ArgumentValidationError: ${found}`)
}

/** Resolves to the result as JSON text; rejects with a `FunctionError`, whatever was thrown. */
export async function invokeFunction(
  execution: Execution,
  info: FunctionInfo,
  args: JsonValue,
  isIdOf: IdCheck,
  limits: Limits,
): Promise<string> {
  checkArgs(info, args, isIdOf)
  const argsText = `[${JSON.stringify(args)}]`
  if (argsText.length > limits.argsBytes) {
    throw new FunctionError(
      `Arguments for ${info.name} are too large (${argsText.length} bytes, limit: ${limits.argsBytes} bytes).`,
    )
  }
  const result = await runGuarded(execution, info.name, timeLimit(info, limits), () => info.invoke(argsText))
  if (result.length > limits.resultBytes) {
    throw new FunctionError(
      `The result of ${info.name} is too large (${result.length} bytes, limit: ${limits.resultBytes} bytes).`,
    )
  }
  if (info.returns) {
    const found = findMismatch(info.returns, JSON.parse(result) as JsonValue, isIdOf)
    if (found !== null) throw new FunctionError(`ReturnsValidationError: ${found}`)
  }
  return result
}

function timeLimit(info: FunctionInfo, limits: Limits): number {
  return info.type === 'action' ? limits.actionMs : limits.transactionMs
}

/** Runs user code under its execution; afterwards every call it still makes is refused. */
export async function runGuarded<T>(
  execution: Execution,
  name: string,
  limitMs: number,
  run: () => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new FunctionError(`${name} timed out: it ran longer than ${limitMs / 1000} seconds.`)),
      limitMs,
    )
    timer.unref()
  })
  try {
    return await Promise.race([currentExecution.run(execution, run), timeout])
  } catch (error) {
    throw describeThrown(error, execution.version)
  } finally {
    clearTimeout(timer)
    execution.finished = true
  }
}
