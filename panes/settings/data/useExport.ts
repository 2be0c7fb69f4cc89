'use client'
// The export as it goes on: started, told of, called off, saved as a file.
import { useConvex } from 'convex/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { saveFile } from '../../../components/saveFile.ts'
import { type ExportProgress, exportAccount } from './exportAccount.ts'

export type Exporting = { kind: 'idle' | 'cancelled' | 'failed' } | ({ kind: 'running' | 'done' } & ExportProgress)

export function useExport(): { exporting: Exporting; start: () => void; cancel: () => void } {
  const convex = useConvex()
  const [exporting, setExporting] = useState<Exporting>({ kind: 'idle' })
  /** The try that counts: what another one reports is not shown. */
  const current = useRef(0)
  useEffect(
    () => () => {
      current.current += 1
    },
    [],
  )
  const start = useCallback(async () => {
    current.current += 1
    const mine = current.current
    const show = (next: Exporting) => mine === current.current && setExporting(next)
    let last: ExportProgress = { threads: 0, messages: 0 }
    show({ kind: 'running', ...last })
    try {
      const now = new Date()
      const pieces: string[] = []
      const read = exportAccount(
        (query, args) => convex.query(query, args),
        now.getTime(),
        (progress) => {
          last = progress
          show({ kind: 'running', ...progress })
        },
      )
      for await (const piece of read) {
        if (mine !== current.current) return
        pieces.push(piece)
      }
      saveFile(`nightshift-${now.toISOString().slice(0, 10)}.json`, new Blob(pieces, { type: 'application/json' }))
      show({ kind: 'done', ...last })
    } catch (cause) {
      console.warn(`The export failed after ${last.threads} chats.`, cause)
      show({ kind: 'failed' })
    }
  }, [convex])
  const cancel = useCallback(() => {
    current.current += 1
    setExporting({ kind: 'cancelled' })
  }, [])
  return { exporting, start: () => void start(), cancel }
}
