/** From what a caller names to the function that is meant, or a sentence why not. */
import { type CodeVersion, canonicalPath, type FunctionInfo, type FunctionType } from '../code/codeVersion.ts'
import type { Address } from './execution.ts'
import { FunctionError } from './functionError.ts'

const HANDLE = 'function://'

export const COMPONENTS_NOT_BUILT =
  'Components are not built in this local backend: only functions of the app itself can be called.'

/** For calls by clients: only public functions exist, unless the caller is an admin. */
export function resolvePath(
  version: CodeVersion | null,
  path: string,
  type: FunctionType | null,
  mayCallInternal: boolean,
): FunctionInfo {
  const name = canonicalPath(path)
  const info = version?.functions.get(name)
  if (!info || (info.visibility === 'internal' && !mayCallInternal)) {
    const kind = mayCallInternal ? 'function' : 'public function'
    throw new FunctionError(
      `Could not find ${kind} for '${name.replace(/:default$/, '')}'. ${version ? 'Is it exported from the convex folder?' : 'No code is deployed yet.'}`,
    )
  }
  if (type !== null && info.type !== type) {
    throw new FunctionError(
      `Trying to execute ${path} as ${withArticle(type)}, but it is defined as ${withArticle(info.type)}.`,
    )
  }
  return info
}

/** For calls by functions: internal ones included. */
export function resolveAddress(version: CodeVersion, address: Address, type: FunctionType | null = null): FunctionInfo {
  if (address.functionHandle !== undefined) {
    if (!address.functionHandle.startsWith(HANDLE))
      throw new Error(`Invalid function handle ${address.functionHandle}.`)
    return resolvePath(version, address.functionHandle.slice(HANDLE.length), type, true)
  }
  if (address.name !== undefined) return resolvePath(version, address.name, type, true)
  throw new Error(`Cannot call ${address.reference ?? 'a function without a name'}. ${COMPONENTS_NOT_BUILT}`)
}

function withArticle(type: FunctionType): string {
  return `${type === 'action' ? 'an Action' : type === 'query' ? 'a Query' : 'a Mutation'}`
}
