// After the page has loaded and has nothing better to do.

const AT_LATEST_MS = 5_000

/** Returns the way to call it off. */
export function whenIdle(run: () => void): () => void {
  let cancel = () => {}
  const wait = () => {
    if (typeof requestIdleCallback === 'function') {
      const id = requestIdleCallback(run, { timeout: AT_LATEST_MS })
      cancel = () => cancelIdleCallback(id)
      return
    }
    const timer = setTimeout(run, 300)
    cancel = () => clearTimeout(timer)
  }
  if (document.readyState === 'complete') wait()
  else {
    addEventListener('load', wait, { once: true })
    cancel = () => removeEventListener('load', wait)
  }
  return () => cancel()
}
