/** The tasks of pages' main threads, out of a browser's trace: how long each took, and how much of that it was on a processor. Pure. */
export interface TracedTask {
  /** By the clock: what the browser tells pages. On a busy machine, others' work is in it. */
  wallMs: number
  /** On the processor: the task's own work. */
  cpuMs: number
}

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  dur?: number
  tdur?: number
  args?: { name?: string }
}

const MAIN_THREAD = 'CrRendererMain'
const TASK = 'RunTask'

export function readTasks(trace: string): TracedTask[] {
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace)
  const keyOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`
  const isName = ({ ph, name, args }: TraceEvent) => ph === 'M' && name === 'thread_name' && args?.name === MAIN_THREAD
  const mains = new Set(traceEvents.filter(isName).map(keyOf))
  return traceEvents
    .filter((event) => event.ph === 'X' && event.name === TASK && mains.has(keyOf(event)))
    .map(({ dur = 0, tdur }) => ({ wallMs: dur / 1_000, cpuMs: (tdur ?? dur) / 1_000 }))
}

export const traceCategories = ['disabled-by-default-devtools.timeline', '__metadata']
