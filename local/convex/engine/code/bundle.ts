/** The app's `convex/` folder → scripts that run in a context. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { type BuildFailure, type BuildOptions, build } from 'esbuild'

export interface Script {
  code: string
  /** Source map as JSON text. */
  map: string
  fileName: string
  inputs: string[]
}

export interface Bundle {
  /** Everything that runs in the functions' context; it leaves its modules in `__modules`. */
  functions: Script
  /** Modules that begin with "use node". */
  node: Script | null
  authConfig: Script | null
  folder: string
  /** Absolute paths of the sources. */
  inputs: string[]
}

const sourceFile = /^[^.]+\.(?:ts|tsx|js|jsx|mjs)$/

/** Module paths (`dir/name`) below the folder: one dot in the name, nothing generated, hidden or a test. */
async function findModules(folder: string): Promise<{ path: string; file: string }[]> {
  const found: { path: string; file: string }[] = []
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const file = join(entry.parentPath, entry.name)
    const parts = relative(folder, file).split(sep)
    const isHidden = parts.some((part) => part.startsWith('.') || part === '_generated' || part === 'node_modules')
    if (!entry.isFile() || isHidden || !sourceFile.test(entry.name)) continue
    found.push({ path: parts.join('/').replace(/\.[^.]+$/, ''), file })
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

export async function bundleFolder(dir: string): Promise<Bundle> {
  const folder = resolve(dir)
  const isFolder = await stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
  if (!isFolder) throw new Error(`There is no functions folder at ${folder}. Set CONVEX_FUNCTIONS to it.`)
  const modules = await findModules(folder)
  const inNode: typeof modules = []
  const inIsolate: typeof modules = []
  for (const module of modules) {
    const text = await readFile(module.file, 'utf8')
    if (/^\s*(?:\/\/.*\n|\/\*[\s\S]*?\*\/|\s)*["']use node["']/.test(text)) inNode.push(module)
    else inIsolate.push(module)
  }
  const authFile = await firstExisting(['ts', 'js', 'mjs'].map((ending) => join(folder, `auth.config.${ending}`)))
  const isolate = { platform: 'browser', format: 'iife' } as const
  const functions = await bundleModules(folder, inIsolate, 'convex-functions.js', isolate)
  const node =
    inNode.length === 0
      ? null
      : await bundleModules(folder, inNode, 'convex-node.js', { platform: 'node', format: 'cjs' })
  const authConfig =
    authFile === null
      ? null
      : await bundleModules(folder, [{ path: 'auth.config', file: authFile }], 'convex-auth.js', isolate)
  const scripts = [functions, node, authConfig]
  return { folder, functions, node, authConfig, inputs: scripts.flatMap((script) => script?.inputs ?? []) }
}

async function firstExisting(files: string[]): Promise<string | null> {
  for (const file of files) {
    const exists = await stat(file).then(
      (stats) => stats.isFile(),
      () => false,
    )
    if (exists) return file
  }
  return null
}

/** One script for all modules, so that what they share is shared. */
async function bundleModules(
  folder: string,
  modules: { path: string; file: string }[],
  fileName: string,
  options: Pick<BuildOptions, 'platform' | 'format'>,
): Promise<Script> {
  const imports = modules.map(({ file }, at) => `import * as m${at} from ${JSON.stringify(file)}`)
  const names = modules.map(({ path }, at) => `${JSON.stringify(path)}: m${at}`)
  const result = await build({
    ...options,
    stdin: {
      contents: `${imports.join('\n')}\nglobalThis.__modules = { ${names.join(', ')} }`,
      resolveDir: folder,
      sourcefile: 'convex-entry.js',
    },
    bundle: true,
    write: false,
    outfile: join(folder, fileName),
    sourcemap: 'external',
    sourcesContent: false,
    conditions: ['convex', 'module'],
    target: 'es2022',
    jsx: 'automatic',
    logLevel: 'silent',
    keepNames: true,
    metafile: true,
    absWorkingDir: folder,
  })
  const code = result.outputFiles.find((file) => file.path.endsWith('.js'))?.text
  const map = result.outputFiles.find((file) => file.path.endsWith('.map'))?.text
  if (code === undefined || map === undefined) throw new Error(`Bundling ${folder} gave no output.`)
  return { code, map, fileName, inputs: Object.keys(result.metafile.inputs).map((file) => resolve(folder, file)) }
}

/** esbuild's errors as a few lines with file and line. */
export function describeBuildFailure(error: unknown): string {
  const failure = error as Partial<BuildFailure>
  if (!Array.isArray(failure.errors)) return messageOf(error)
  return failure.errors
    .slice(0, 5)
    .map(({ text, location }) => (location ? `${location.file}:${location.line}:${location.column}: ${text}` : text))
    .join('\n')
}

/** Errors of evaluated code are of another realm: `instanceof Error` does not know them. */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
}
