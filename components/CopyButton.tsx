'use client'
// Copies a text and says so on the button itself, to ears as well.
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { copyText } from './copyText.ts'
import { IconButton } from './IconButton.tsx'
import { strings } from './strings.ts'

const SAY_COPIED_MS = 1_600

export function CopyButton({ label, text }: { label: string; text: () => string }) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), SAY_COPIED_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = () => {
    copyText(text()).then(
      () => setCopied(true),
      (cause: unknown) => console.warn('Nothing was copied.', cause),
    )
  }
  return (
    <IconButton label={isCopied ? strings.actions.copied : label} onClick={copy} className="size-9">
      {isCopied ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
    </IconButton>
  )
}
