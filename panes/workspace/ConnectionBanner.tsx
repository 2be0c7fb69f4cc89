'use client'
// Says when this page is cut off, and that nothing is lost by it. Short interruptions are not worth a word.
import { useConvexConnectionState } from 'convex/react'
import { CloudOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { strings } from '../../components/strings.ts'
import { useOnline } from '../../components/useOnline.ts'

const SAY_AFTER_MS = 2_500

export function ConnectionBanner() {
  const isOnline = useOnline()
  const { isWebSocketConnected, hasEverConnected } = useConvexConnectionState()
  const isCutOff = useLasting(!isWebSocketConnected, hasEverConnected ? SAY_AFTER_MS : 3 * SAY_AFTER_MS)
  const words = isOnline ? (isCutOff ? strings.connection.reconnecting : null) : strings.connection.offline
  return <ConnectionNotice words={words} />
}

/** The region is always there, so that what appears in it is announced. */
export function ConnectionNotice({ words }: { words: string | null }) {
  return (
    <div role="status">
      {words === null ? null : (
        <p className="enter flex items-center justify-center gap-2 bg-lamp-wash px-4 py-2 text-center text-sm">
          <CloudOff size={15} aria-hidden="true" className="shrink-0 text-lamp" />
          {words}
        </p>
      )}
    </div>
  )
}

/** True once the condition has held for that long; false at once when it ends. */
function useLasting(condition: boolean, ms: number): boolean {
  const [isLasting, setLasting] = useState(false)
  useEffect(() => {
    if (!condition) {
      setLasting(false)
      return
    }
    const timer = setTimeout(() => setLasting(true), ms)
    return () => clearTimeout(timer)
  }, [condition, ms])
  return isLasting && condition
}
