/**
 * One piece of work at a time per key in this process. When Inngest dies and comes back, or loses an answer, it calls a step again whose
 * first call still works here: the second call then waits for the first one's result, instead of opening a new try, paying the model
 * again and throwing away what people have read. Across processes the ledger's fence decides; this is only thrift.
 */
declare global {
  /** On the global object: a bundler may load this module more than once in a process. */
  var nightshiftRunning: Map<string, Promise<unknown>> | undefined
}

export function joinRunning<T>(key: string, work: () => Promise<T>): Promise<T> {
  globalThis.nightshiftRunning ??= new Map()
  const running = globalThis.nightshiftRunning
  const known = running.get(key)
  // The key names the step, and a step has one type of result.
  if (known) return known as Promise<T>
  const promise = work().finally(() => running.delete(key))
  running.set(key, promise)
  return promise
}
