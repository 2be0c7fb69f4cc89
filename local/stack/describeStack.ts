/** What the launcher prints about a running stack: pure text. */
import type { PartName, Stack } from './createStack.ts'
import type { PartEvent } from './supervisePart.ts'

const titles: Record<PartName, string> = {
  web: 'App',
  clerk: 'Clerk (sign-in)',
  convex: 'Convex (database)',
  inngest: 'Inngest (durable functions)',
  model: 'Model',
}
const order: PartName[] = ['web', 'clerk', 'convex', 'inngest', 'model']

type Described = Pick<Stack, 'urls' | 'services' | 'dataDir'>

function describePart(name: PartName, { urls, services }: Described): [string, string, string] {
  if (name === 'web') return [titles.web, urls.web, 'this product']
  const isReal = services[name] === 'real'
  if (name === 'model')
    return [titles.model, isReal ? services.modelName : urls.model, isReal ? 'real' : services.modelName]
  return [titles[name], isReal && name === 'clerk' ? 'clerk.com' : urls[name], isReal ? 'real' : 'local stand-in']
}

/** One table of addresses, with what is real and which model is in use. */
export function describeStack(stack: Described): string {
  const rows = order.map((name) => describePart(name, stack))
  rows.push(['State', stack.dataDir, 'npm run reset deletes it'])
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length))
  const [first, second] = [width(0), width(1)]
  return rows.map(([a, b, c]) => `  ${a.padEnd(first)}  ${b.padEnd(second)}  ${c}`).join('\n')
}

/** One line when something happens to a part, or nothing when it is of no interest. */
export function describeEvent(name: PartName, event: PartEvent, isFirstStart: boolean): string | undefined {
  switch (event.kind) {
    case 'died': {
      if (event.isPlanned) return undefined
      const how = event.signal ? `was killed (${event.signal})` : `ended (exit ${event.code})`
      const when = event.restartInMs === 0 ? 'restarting' : `restarting in ${event.restartInMs / 1000} s`
      return `${name} ${how}; ${when}`
    }
    case 'serving':
      return isFirstStart ? undefined : `${name} serves again after ${(event.tookMs / 1000).toFixed(1)} s`
    case 'started':
    case 'stopped':
      return undefined
    default:
      return event satisfies never
  }
}
