// Follows one running reply: asks, gathers, asks from further on, and shows at most twenty times a second, however often the
// network delivers. No React here; the subscription and the clock come from outside.
import {
  type FollowAnswer,
  type FollowedText,
  type FollowRequest,
  followText,
  nothingFollowed,
} from './followedText.ts'

/** 20 renders a second: Markdown of a long reply stays well inside a frame budget, and reading does not notice. */
export const SHOW_EVERY_MS = 50

export type FollowerDeps = {
  /** Calls `hear` with every answer, at once if one is known. Returns the way to unsubscribe. */
  watch: (request: FollowRequest, hear: (answer: FollowAnswer) => void) => () => void
  show: (followed: FollowedText) => void
  clock: { now: () => number; after: (ms: number, run: () => void) => () => void }
}

export function createFollower({ watch, show, clock }: FollowerDeps): { close: () => void } {
  let state = nothingFollowed
  let shown = nothingFollowed
  let shownAt = Number.NEGATIVE_INFINITY
  let cancelShow: (() => void) | undefined
  let unwatch = () => {}
  let isClosed = false
  let isAsking = false
  let asked = state.request

  function hear(answer: FollowAnswer) {
    if (isClosed) return
    state = followText(state, answer)
    if (state.text !== shown.text || state.key !== shown.key) scheduleShow()
    if (!isAsking && state.request !== asked) ask()
  }

  /**
   * The new question is asked before the old one is dropped, so that no answer falls in between. A question may be answered
   * while it is being asked (the answer was known already), and that answer may ask for the next one: hence the loop.
   */
  function ask() {
    isAsking = true
    do {
      asked = state.request
      const unwatchOld = unwatch
      unwatch = watch(asked, hear)
      unwatchOld()
    } while (state.request !== asked)
    isAsking = false
  }

  function scheduleShow() {
    if (cancelShow !== undefined) return
    const wait = shownAt + SHOW_EVERY_MS - clock.now()
    if (wait <= 0) showNow()
    else cancelShow = clock.after(wait, showNow)
  }

  function showNow() {
    cancelShow = undefined
    shownAt = clock.now()
    shown = state
    show(state)
  }

  ask()
  return {
    close() {
      isClosed = true
      cancelShow?.()
      unwatch()
    },
  }
}
