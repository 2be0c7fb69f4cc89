/**
 * The weight of the first load of /chat/<id>, signed in, production build, empty cache.
 *
 * - What counts: every script that the page fetches until nothing more comes for four seconds, with nobody touching it. In gzip bytes
 *   (weighScript.ts). Not: styles, the document and its data, fonts and pictures (said beside it), and what the service worker
 *   keeps for offline use, which comes after all this and from the browser's cache.
 * - `first`: scripts that the document names in its tags. They come before the page can be used, whatever happens.
 * - `later`: scripts that code asks for by itself afterwards, as Markdown and the highlighter after the first paint.
 * - `clerkJs`: Clerk's own bundles (clerk-js and its UI), which Clerk's SDK loads from Clerk's address. Nobody who uses Clerk can leave
 *   them out or make them smaller; they come after the first paint and hold nothing up. All sums are told without and with them.
 * - Who wrote what: classifySource.ts, by source maps. The aims: `own` of `first` at most 60 kB, all of `first` without clerk-js at most
 *   330 kB (a kB is 1,000 bytes). What comes later without being asked for is told with it, so that nothing hides there.
 */
import type { SourceMap } from 'node:module'
import type { Page } from 'playwright-core'
import type { Kind } from './classifySource.ts'
import { type FetchedScript, gatherScripts } from './gatherScripts.ts'
import { openScript } from './readBuild.ts'
import { gzipBytes, type ModuleWeight, weighScript } from './weighScript.ts'

export type Stage = 'first' | 'later'

export interface StageWeight extends Record<Kind, number> {
  clerkJs: number
  scripts: number
}

export interface PageWeight {
  stages: Record<Stage, StageWeight>
  /** Ours and others', heaviest first, without Clerk's bundles. */
  largest: (ModuleWeight & { stage: Stage })[]
  largestOwn: (ModuleWeight & { stage: Stage })[]
  /** Our own of the first load, by folder. */
  folders: { folder: string; bytes: number }[]
  styles: number
  html: number
}

const LISTED = 10
const OWN_LISTED = 40

const noMap: Pick<SourceMap, 'findEntry'> = { findEntry: () => ({}) }

/** Without a map: named by the page, the framework's own start; asked for later, a library's data (a theme, a language's grammar). */
function weighOne({ url, code, isNamed }: FetchedScript): ModuleWeight[] {
  const script = openScript(url, code)
  if (script.map || isNamed) return weighScript(script.code, script.map ?? noMap)
  return [{ module: `data in ${url.split('/').at(-1)}`, kind: 'library', bytes: gzipBytes(script.code) }]
}

/** The same module may be in several scripts. */
function addUp(weights: readonly ModuleWeight[]): ModuleWeight[] {
  const sums = new Map<string, ModuleWeight>()
  for (const weight of weights) {
    const known = sums.get(weight.module)
    if (known) known.bytes += weight.bytes
    else sums.set(weight.module, { ...weight })
  }
  return [...sums.values()].toSorted((a, b) => b.bytes - a.bytes)
}

const isClerkJs = ({ url }: FetchedScript) => /\/npm\/@clerk\//.test(url)

function weighStage(scripts: readonly FetchedScript[]): { sums: StageWeight; modules: ModuleWeight[] } {
  const [clerk, ours] = [scripts.filter(isClerkJs), scripts.filter((script) => !isClerkJs(script))]
  const modules = addUp(ours.flatMap(weighOne))
  const sum = (kind: Kind) => modules.reduce((all, one) => all + (one.kind === kind ? one.bytes : 0), 0)
  const clerkJs = clerk.reduce((all, { code }) => all + gzipBytes(code), 0)
  const sums = { sdk: sum('sdk'), library: sum('library'), own: sum('own'), clerkJs, scripts: ours.length }
  return { sums, modules }
}

function sumFolders(modules: readonly ModuleWeight[]): PageWeight['folders'] {
  const own = modules.filter(({ kind }) => kind === 'own')
  const byFolder = Map.groupBy(own, ({ module }) => module.split('/').slice(0, -1).join('/') || 'root')
  return [...byFolder]
    .map(([folder, some]) => ({ folder, bytes: some.reduce((sum, { bytes }) => sum + bytes, 0) }))
    .toSorted((a, b) => b.bytes - a.bytes)
}

export async function weighPage(page: Page, url: string): Promise<PageWeight> {
  const { scripts, styles, html } = await gatherScripts(page, url)
  const first = weighStage(scripts.filter(({ isNamed }) => isNamed))
  const later = weighStage(scripts.filter(({ isNamed }) => !isNamed))
  const all = [
    ...first.modules.map((one) => ({ ...one, stage: 'first' as const })),
    ...later.modules.map((one) => ({ ...one, stage: 'later' as const })),
  ].toSorted((a, b) => b.bytes - a.bytes)
  return {
    stages: { first: first.sums, later: later.sums },
    largest: all.slice(0, LISTED),
    largestOwn: all.filter(({ kind, stage }) => kind === 'own' && stage === 'first').slice(0, OWN_LISTED),
    folders: sumFolders(first.modules),
    styles: styles.reduce((sum, text) => sum + gzipBytes(text), 0),
    html: gzipBytes(html),
  }
}

/** The old design's page has no maps and no Clerk: one number. */
export async function weighOldPage(page: Page, url: string): Promise<number> {
  const { scripts } = await gatherScripts(page, url)
  return scripts.reduce((sum, { code }) => sum + gzipBytes(code), 0)
}
