/** `_creationTime`: float milliseconds; every insert takes the next representable double, so that order is kept. */
const view = new DataView(new ArrayBuffer(8))

/** The next double above a positive one. Adding a fixed fraction would round back to the same double. */
export function nextDouble(value: number): number {
  view.setFloat64(0, value)
  view.setBigUint64(0, view.getBigUint64(0) + 1n)
  return view.getFloat64(0)
}

export function nextCreationTime(last: number, nowMs: number): number {
  return nowMs > last ? nowMs : nextDouble(last)
}
