/**
 * The borders between the parts: who may import whom, and which files are endpoints. A border that nobody checks is
 * soon none. `node scripts/checkBorders.ts` lists what crosses one; checkBorders.test.ts runs it with the quick tests.
 */
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { root } from '../local/stack/createStack.ts'
import { listFiles } from './listFiles.ts'
import { type Import, readImports } from './readImports.ts'

export interface SourceFile {
  /** Relative to the project, with forward slashes. */
  path: string
  text: string
}

export interface Crossing {
  path: string
  line: number
  rule: string
}

interface Border {
  /** Files that the rule is about. */
  of: RegExp
  /** Files of the project that they may import; packages are free. */
  may: RegExp
  /** Type-only imports that are allowed besides. */
  mayForTypes?: RegExp
  rule: string
}

const product = /^(app|panes|components|lib|inngest|convex)\/|^(proxy|next\.config|instrumentation)\.ts$/

const borders: Border[] = [
  {
    of: product,
    may: product,
    rule: 'the product imports only the product: never local/, scripts/, test/ or bench/',
  },
  {
    of: /^panes\//,
    may: /^(panes|components)\/|^lib\/chat\/|^convex\/_generated\//,
    mayForTypes: /^convex\//,
    rule: 'panes import lib/chat, components and convex/_generated (of convex otherwise only types)',
  },
  { of: /^components\//, may: /^components\/|^lib\/chat\//, rule: 'components import components and lib/chat' },
  { of: /^lib\//, may: /^(lib|convex|inngest)\//, rule: 'lib never imports panes, components or app' },
  { of: /^convex\//, may: /^convex\/|^lib\/chat\//, rule: 'convex imports convex and lib/chat' },
  {
    of: /^inngest\//,
    may: /^(inngest|lib)\/|^convex\/_generated\//,
    mayForTypes: /^convex\//,
    rule: 'inngest imports inngest, lib and convex/_generated',
  },
  {
    of: /^local\/kernel\//,
    may: /^local\/kernel\//,
    rule: 'the kernel imports only itself',
  },
  ...['convex', 'inngest', 'clerk', 'model'].map((name) => ({
    of: new RegExp(`^local/${name}/`),
    may: new RegExp(`^local/(${name}|kernel)/`),
    rule: `local/${name} imports itself and the kernel: stand-ins know neither each other nor the product`,
  })),
  {
    of: /^local\/stack\//,
    may: /^local\/(stack|kernel)\/|^local\/[a-z]+\/keys\.ts$/,
    rule: 'the launcher imports itself, the kernel and the stand-ins’ keys.ts',
  },
]

/** The only module whose exports may become endpoints: see architecture, "Who may do what". */
const ENDPOINT_FILE = 'lib/chat/sendMessage.ts'
const ENV_FILE = 'lib/env.ts'
const readsEnvironment = /^(app|panes|components|lib|inngest)\/|^proxy\.ts$/
const isTest = (path: string) => /\.test\.tsx?$/.test(path)

/** The file that a relative import names; undefined for a package. */
function resolveImport(path: string, from: string): string | undefined {
  return from.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), from)) : undefined
}

function checkImport(file: SourceFile, found: Import): string[] {
  const target = resolveImport(file.path, found.from)
  if (target === undefined) return []
  const rules = borders.flatMap((border) => {
    if (!border.of.test(file.path) || border.may.test(target)) return []
    if (found.isType && border.mayForTypes?.test(target)) return []
    return [`${border.rule} (imports ${target})`]
  })
  // Convex generates JavaScript beside its declarations; everything of ours is TypeScript.
  if (!/\.(ts|tsx|css|json|svg|mjs|js)$/.test(target))
    rules.push(`relative imports carry their extension (imports ${found.from})`)
  return rules
}

function findLine(text: string, pattern: RegExp): number | undefined {
  const at = text.search(pattern)
  return at < 0 ? undefined : text.slice(0, at).split('\n').length
}

export function checkFile(file: SourceFile): Crossing[] {
  const { path, text } = file
  const crossings = readImports(text).flatMap((found) =>
    checkImport(file, found).map((rule) => ({ path, line: found.line, rule })),
  )
  const endpoint = product.test(path) && path !== ENDPOINT_FILE ? findLine(text, /^\s*['"]use server['"]/m) : undefined
  if (endpoint !== undefined) {
    crossings.push({
      path,
      line: endpoint,
      rule: `"use server" makes every export an endpoint; only ${ENDPOINT_FILE} carries it`,
    })
  }
  const environment =
    readsEnvironment.test(path) && path !== ENV_FILE && !isTest(path) ? findLine(text, /\bprocess\.env\b/) : undefined
  if (environment !== undefined) {
    crossings.push({ path, line: environment, rule: `the environment is read in ${ENV_FILE} alone` })
  }
  return crossings
}

export function readSources(): SourceFile[] {
  return listFiles()
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.startsWith('convex/_generated/'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

export const checkBorders = (): Crossing[] => readSources().flatMap(checkFile)

if (import.meta.main) {
  const crossings = checkBorders()
  for (const { path, line, rule } of crossings) process.stdout.write(`${path}:${line}: ${rule}\n`)
  process.stdout.write(crossings.length === 0 ? 'borders: none crossed\n' : `borders: ${crossings.length} crossed\n`)
  process.exit(crossings.length === 0 ? 0 : 1)
}
