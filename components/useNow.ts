'use client'
// The time, for words that depend on it. Ticks only while someone needs it.
import { useEffect, useState } from 'react'

const TICK_MS = 1_000

export function useNow(isTicking: boolean, everyMs = TICK_MS): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!isTicking) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [isTicking, everyMs])
  return now
}
