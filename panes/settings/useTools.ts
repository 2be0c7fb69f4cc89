'use client'
// The tools there are, asked for when the settings are first opened, and kept for the life of the page.
import { useCallback, useEffect, useState } from 'react'
import { parseTools, type ToolCard } from './parseTools.ts'

let kept: Promise<readonly ToolCard[]> | undefined

async function fetchTools(): Promise<readonly ToolCard[]> {
  const response = await fetch('/api/tools')
  if (!response.ok) throw new Error(`/api/tools answered ${response.status}`)
  return parseTools(await response.json())
}

/** A failure is not kept: the next one to ask tries again. */
function loadTools(): Promise<readonly ToolCard[]> {
  kept ??= fetchTools().catch((cause: unknown) => {
    kept = undefined
    throw cause
  })
  return kept
}

export type Tools =
  | { kind: 'loading' }
  | { kind: 'there'; tools: readonly ToolCard[] }
  | { kind: 'failed'; again: () => void }

export function useTools(): Tools {
  const [tools, setTools] = useState<readonly ToolCard[] | 'loading' | 'failed'>('loading')
  const load = useCallback(() => {
    setTools('loading')
    loadTools().then(setTools, (cause: unknown) => {
      console.warn('The tools could not be loaded.', cause)
      setTools('failed')
    })
  }, [])
  useEffect(load, [load])
  if (tools === 'loading') return { kind: 'loading' }
  return tools === 'failed' ? { kind: 'failed', again: load } : { kind: 'there', tools }
}
