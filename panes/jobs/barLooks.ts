// How each kind of bar looks: by shape first, so that colour only helps.
import type { BarKind, LaneKind } from './layTimeline.ts'

const hatched = 'bg-[repeating-linear-gradient(135deg,currentColor_0_1.5px,transparent_1.5px_5px)]'

const looks: Record<BarKind, string> = {
  queue: 'h-2 rounded-full border border-dashed border-soft',
  done: 'h-3 rounded-[3px] bg-soft',
  running: 'h-3 rounded-l-[3px] rounded-r-full bg-lamp animate-pulse',
  failed: 'h-3 bg-bad',
  lost: `h-3 border border-bad text-bad ${hatched}`,
  stopped: 'h-3 rounded-[3px] border border-soft bg-bubble',
  pause: 'h-0 border-t-2 border-dotted border-soft',
  wait: 'h-2 rounded-full border border-lamp bg-lamp-wash',
}

/** A model's work is the lamp's. */
export const lookOfBar = (kind: BarKind, lane: LaneKind): string =>
  kind === 'done' && lane === 'model' ? 'h-3 rounded-[3px] bg-lamp' : looks[kind]

/** A cut in the axis, drawn through every lane. */
export const breakLook = `text-line ${hatched}`
