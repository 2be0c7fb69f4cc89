// The running text of one reply as React state. Subscribes only while `isRunning`; what was gathered stays until unmounted.
import { useConvex } from 'convex/react'
import { useEffect, useState } from 'react'
import { api } from '../../convex/_generated/api.js'
import { createFollower } from './createFollower.ts'
import { type FollowAnswer, type FollowedText, nothingFollowed } from './followedText.ts'

const clock = {
  now: () => performance.now(),
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

export function useFollowedText(messageId: string, isRunning: boolean): FollowedText {
  const convex = useConvex()
  const [followed, show] = useState(nothingFollowed)
  useEffect(() => {
    if (!isRunning) return
    const follower = createFollower({
      clock,
      show,
      watch: (request, hear) => {
        const watched = convex.watchQuery(api.messages.follow, { messageId, ...request })
        const report = () => {
          const answer = readAnswer(() => watched.localQueryResult())
          if (answer !== undefined) hear(answer)
        }
        const stop = watched.onUpdate(report)
        report()
        return stop
      },
    })
    return follower.close
  }, [convex, messageId, isRunning])
  return followed
}

/**
 * A query that failed (signed out just now, a deploy under way) answers again when its cause is gone, since it stays
 * subscribed. Until then the text that was gathered stays, and the pane's own queries say what is wrong.
 */
function readAnswer(read: () => FollowAnswer | undefined): FollowAnswer | undefined {
  try {
    return read()
  } catch (cause) {
    console.warn('The running text cannot be read at the moment.', cause)
    return undefined
  }
}
