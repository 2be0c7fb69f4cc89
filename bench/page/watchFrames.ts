/** Records from inside a page what its person would feel: what moves by itself, what keeps the page busy, how late keys are drawn. */
import type { BrowserContext, Page } from 'playwright-core'

export interface Shift {
  /** Since the page began, ms. */
  at: number
  value: number
  /** Within half a second of a key or click: what was asked for may move. */
  afterInput: boolean
  /** What moved, and from where to where. */
  moved: string[]
}

export interface Task {
  at: number
  ms: number
}

export interface FrameScript {
  ms: number
  /** What called it: a listener, a timer, the script itself. */
  invoker: string
  url: string
  name: string
  position: number
}

/** A frame that took long, and who was at work in it. */
export interface LongFrame extends Task {
  scripts: FrameScript[]
}

export interface Watched {
  shifts: Shift[]
  /** Tasks of 50 ms and more, as the Long Tasks API tells. */
  tasks: Task[]
  frames: LongFrame[]
  /** Keydowns, and the time from each to the next paint; those within 16 ms are counted and not told. */
  keys: number
  keyDelays: number[]
  /** How many elements there are now, and have been at most. */
  nodes: number
  mostNodes: number
  /** How many different messages have been drawn. */
  messages: number
  /** When the first message was drawn, when the composer was there, ms since the page began. */
  firstMessageAt: number | null
}

/** From the next page on. */
export async function watchFrames(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const shifts: Shift[] = []
    const tasks: Task[] = []
    const frames: LongFrame[] = []
    const keyDelays: number[] = []
    const ids = new Set<string>()
    const counts = { keys: 0, mostNodes: 0 }
    const first: { at: number | null } = { at: null }

    const nameOf = (node: Node | null | undefined): string => {
      const element = node instanceof Element ? node : node?.parentElement
      if (!element) return 'what is gone'
      const about = element.getAttribute('aria-label') ?? element.getAttribute('data-role') ?? element.className
      const inside = element.closest('article, nav, header, form, aside, [data-pane]')
      const within = inside && inside !== element ? ` in ${inside.tagName.toLowerCase()}` : ''
      return `${element.tagName.toLowerCase()} “${String(about).slice(0, 60)}”${within}`
    }
    const spot = ({ x, y, width, height }: DOMRectReadOnly) => [x, y, width, height].map(Math.round).join(',')
    const observe = (type: string, options: PerformanceObserverInit, take: (entry: PerformanceEntry) => void) => {
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...options })
    }
    // Entry types that TypeScript's library does not know.
    observe('layout-shift', {}, (entry) => {
      const { startTime, value, hadRecentInput, sources } = entry as PerformanceEntry & {
        value: number
        hadRecentInput: boolean
        sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[]
      }
      const moved = sources.map((one) => `${nameOf(one.node)} ${spot(one.previousRect)} → ${spot(one.currentRect)}`)
      shifts.push({ at: startTime, value, afterInput: hadRecentInput, moved })
    })
    observe('longtask', {}, ({ startTime, duration }) => tasks.push({ at: startTime, ms: duration }))
    observe('long-animation-frame', {}, (entry) => {
      const { startTime, duration, scripts } = entry as PerformanceEntry & {
        scripts: (PerformanceEntry & {
          invoker: string
          sourceURL: string
          sourceFunctionName: string
          sourceCharPosition: number
        })[]
      }
      frames.push({
        at: startTime,
        ms: duration,
        scripts: scripts.map((script) => ({
          ms: script.duration,
          invoker: script.invoker,
          url: script.sourceURL,
          name: script.sourceFunctionName,
          position: script.sourceCharPosition,
        })),
      })
    })
    observe('event', { durationThreshold: 16 } as PerformanceObserverInit, ({ name, duration }) => {
      if (name === 'keydown') keyDelays.push(duration)
    })
    addEventListener('keydown', () => (counts.keys += 1), { capture: true })

    const look = () => {
      counts.mostNodes = Math.max(counts.mostNodes, document.getElementsByTagName('*').length)
      for (const { dataset } of document.querySelectorAll<HTMLElement>('article[data-message-id]')) {
        ids.add(dataset['messageId'] ?? '')
      }
      if (ids.size > 0) first.at ??= performance.now()
    }
    let isDue = false
    const lookSoon = () => {
      if (isDue) return
      isDue = true
      requestAnimationFrame(() => {
        isDue = false
        look()
      })
    }
    new MutationObserver(lookSoon).observe(document, { subtree: true, childList: true })
    const read = (): Watched => {
      look()
      const nodes = document.getElementsByTagName('*').length
      return { shifts, tasks, frames, keyDelays, ...counts, nodes, messages: ids.size, firstMessageAt: first.at }
    }
    Object.assign(window, { readWatched: read })
  })
}

export const readWatched = (page: Page): Promise<Watched> =>
  page.evaluate(() => {
    if (!('readWatched' in window)) throw new Error('Call watchFrames before the page is opened.')
    return (window.readWatched as () => Watched)()
  })
