'use client'
// The time, for words that depend on it. Ticks only while someone needs it.
import { useEffect, useState } from 'react'

const TICK_MS = 1_000

export function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!isTicking) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [isTicking])
  return now
}
