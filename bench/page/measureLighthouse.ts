/**
 * Lighthouse 13, desktop preset (its own simulated line of 10 Mbit/s, no slowed processor), production build, empty cache, each page
 * five times: the median of each score. The browser's profile is signed in by cookies of a real session, so that the chat itself is
 * measured; what the device knows of a thread is kept as with a person who was here before, service worker and cache are not.
 *
 * SEO: pages that must not be found on purpose (`noindex`: shared links) and pages behind the sign-in (which no crawler gets to see)
 * cannot have the one point “may be indexed”. They are counted without that audit, and with all others.
 */
import lighthouse, { desktopConfig } from 'lighthouse'
import { median } from '../statistics.ts'
import { type Category, categories, scoreOf } from './scoreCategory.ts'

export interface Report {
  /** Lighthouse's own measure of how fast this machine was meanwhile; a desktop at rest has about 2,000. */
  machine: number
  scores: Record<Category, number>
  /** Largest contentful paint, total blocking time (ms, simulated), cumulative layout shift. */
  lcpMs: number
  tbtMs: number
  cls: number
  /** Audits that cost points, with what Lighthouse says of them. */
  lost: string[]
}

export interface PageReport extends Report {
  name: string
  runs: number
  /** Whether SEO is counted without “may be indexed”. */
  isHidden: boolean
  /** Of each run, in their order: how much they differ on this machine. */
  performances: number[]
}

const INDEXING = 'is-crawlable'

async function runOnce(url: string, port: number, isHidden: boolean): Promise<Report> {
  const result = await lighthouse(
    url,
    { port, output: 'json', logLevel: 'silent', onlyCategories: [...categories], disableFullPageScreenshot: true },
    desktopConfig,
  )
  if (!result) throw new Error(`Lighthouse has no result for ${url}.`)
  const { lhr } = result
  if (lhr.runtimeError) throw new Error(`Lighthouse on ${url}: ${lhr.runtimeError.message}`)
  const without = isHidden ? [INDEXING] : []
  const refsOf = (category: Category) => lhr.categories[category]?.auditRefs ?? []
  const score = (category: Category) => scoreOf(refsOf(category), lhr.audits, category === 'seo' ? without : [])
  const lost = categories.flatMap((category) =>
    refsOf(category).flatMap(({ id, weight }) => {
      const audit = lhr.audits[id]
      if (!audit || weight === 0 || audit.score === null || audit.score >= 0.9 || without.includes(id)) return []
      return [`${category}: ${audit.title}${audit.displayValue ? ` (${audit.displayValue})` : ''}`]
    }),
  )
  const number = (id: string) => lhr.audits[id]?.numericValue ?? Number.NaN
  return {
    machine: lhr.environment.benchmarkIndex,
    scores: {
      performance: score('performance'),
      accessibility: score('accessibility'),
      'best-practices': score('best-practices'),
      seo: score('seo'),
    },
    lcpMs: number('largest-contentful-paint'),
    tbtMs: number('total-blocking-time'),
    cls: number('cumulative-layout-shift'),
    lost,
  }
}

export interface Visit {
  name: string
  url: string
  /** Not to be found by search engines, on purpose. */
  isHidden: boolean
}

/** `prepare`: before each run, in the profile that Lighthouse shares at this developer port. */
export async function measureLighthouse(
  { name, url, isHidden }: Visit,
  { port, runs, prepare }: { port: number; runs: number; prepare: () => Promise<unknown> },
): Promise<PageReport> {
  const reports: Report[] = []
  for (let run = 0; run < runs; run += 1) {
    await prepare()
    reports.push(await runOnce(url, port, isHidden))
  }
  const middle = (read: (report: Report) => number) => median(reports.map(read))
  const scores = (category: Category) => middle((report) => report.scores[category])
  return {
    name,
    runs,
    isHidden,
    performances: reports.map((report) => report.scores.performance),
    scores: {
      performance: scores('performance'),
      accessibility: scores('accessibility'),
      'best-practices': scores('best-practices'),
      seo: scores('seo'),
    },
    machine: middle(({ machine }) => machine),
    lcpMs: middle(({ lcpMs }) => lcpMs),
    tbtMs: middle(({ tbtMs }) => tbtMs),
    cls: middle(({ cls }) => cls),
    // One of each; the figures in brackets differ from run to run.
    lost: [...new Map(reports.flatMap(({ lost }) => lost).map((what) => [what.split(' (')[0], what])).values()],
  }
}
