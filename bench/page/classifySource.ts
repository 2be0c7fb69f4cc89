/**
 * Who wrote a piece of a script, by the path its source map gives. Pure.
 *
 * - `sdk`: the framework and the SDKs of the services: React, Next.js with its bundler's runtime, Clerk, Convex, and what only they bring.
 * - `library`: every other package.
 * - `own`: what lies in this repository, generated code too.
 */
export type Kind = 'sdk' | 'library' | 'own'

export interface Source {
  kind: Kind
  /** `panes/chat/ChatPane.tsx`, `streamdown/dist/index.js`. */
  module: string
}

const sdks = new Set(['react', 'react-dom', 'scheduler', 'next', 'convex', '@swc/helpers', '@next/env'])
/** Packages that nobody but an SDK asks for. */
const broughtBySdks = new Set(['swr', 'dequal', 'use-sync-external-store', '@tanstack/query-core', 'base64-js'])

const packageOf = (path: string) => /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path

const isSdk = (name: string) => sdks.has(name) || broughtBySdks.has(name) || name.startsWith('@clerk/')

/** `source`: as in the map, such as `turbopack:///[project]/panes/chat/ChatPane.tsx`. Empty: what the bundler wrote itself. */
export function classifySource(source: string): Source {
  const packages = source.lastIndexOf('node_modules/')
  if (packages !== -1) {
    const module = source.slice(packages + 'node_modules/'.length)
    return { kind: isSdk(packageOf(module)) ? 'sdk' : 'library', module }
  }
  const project = /\[project\]\/(?:\.cache\/page\/tree\/)?(.*)$/.exec(source)?.[1]
  return project === undefined
    ? { kind: 'sdk', module: source === '' ? 'the bundler' : source }
    : { kind: 'own', module: project }
}
