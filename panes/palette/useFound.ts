'use client'
// What is found for what has been typed: asked for when the typing rests a moment, and kept until the next is there, so that nothing flickers.
import { useQuery } from 'convex/react'
import type { FunctionReturnType } from 'convex/server'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../convex/_generated/api.js'

export type Found = FunctionReturnType<typeof api.search.everything>
const nothing: Found = { threads: [], messages: [] }

const REST_MS = 120
const MOST = 12

export function useFound(query: string, isReady: boolean): { found: Found; isSearching: boolean } {
  const wanted = query.trim()
  const asked = useRested(wanted)
  const fresh = useQuery(api.search.everything, isReady && asked !== '' ? { query: asked, limit: MOST } : 'skip')
  const kept = useRef<Found>(nothing)
  if (fresh !== undefined) kept.current = fresh
  if (wanted === '') kept.current = nothing
  return { found: kept.current, isSearching: wanted !== '' && (asked !== wanted || fresh === undefined) }
}

function useRested(value: string): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
