// One notice over several tabs: whoever comes first tells, and only if no tab is looked at. Locks, since they end with their tab.

const LOOKED_AT = 'nightshift:looked-at'
const TELLING = 'nightshift:telling'
const TOLD_KEY = 'nightshift:told'
/** As many as could come up while several tabs hear of them. */
const TOLD_KEPT = 50

/** Held, together with other tabs, while this page is in sight. Returns how to let go. */
export function holdInSight(): () => void {
  let letGo: (() => void) | null = null
  const follow = () => {
    if (document.visibilityState === 'visible') letGo ??= holdShared()
    else {
      letGo?.()
      letGo = null
    }
  }
  follow()
  document.addEventListener('visibilitychange', follow)
  return () => {
    document.removeEventListener('visibilitychange', follow)
    letGo?.()
  }
}

function holdShared(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  const waiting = new AbortController()
  navigator.locks
    .request(LOOKED_AT, { mode: 'shared', signal: waiting.signal }, () => promise)
    .catch((cause: unknown) => {
      if (!waiting.signal.aborted) throw cause
    })
  return () => {
    waiting.abort()
    resolve()
  }
}

async function isLookedAt(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query()
  return held.some(({ name }) => name === LOOKED_AT)
}

/** Of all tabs that hear of it, one runs `tell`; none while one of them is in sight. */
export async function tellOnce(id: string, tell: () => void | Promise<void>): Promise<void> {
  await navigator.locks.request(TELLING, async () => {
    const told = readTold()
    if (told.includes(id)) return
    localStorage.setItem(TOLD_KEY, JSON.stringify([...told, id].slice(-TOLD_KEPT)))
    if (!(await isLookedAt())) await tell()
  })
}

function readTold(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(TOLD_KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}
