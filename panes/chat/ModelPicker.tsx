'use client'
// Which model answers the next message. The menu is loaded when somebody reaches for it.
import { Suspense, useState } from 'react'
import type { ModelCard } from '../../components/BrowserSettings.tsx'
import { lazyPart } from '../../components/lazyPart.tsx'
import { ModelButton } from './ModelButton.tsx'
import { labelOf } from './modelWords.ts'

export type ModelPickerProps = {
  models: readonly ModelCard[]
  model: string
  /** Other than what the chat would take by itself. */
  isChosen: boolean
  isForThread: boolean
  isCompact?: boolean
  choose: (model: string) => void
  setForThread: (isWanted: boolean) => void
}

const ModelMenu = lazyPart(() => import('./ModelMenu.tsx').then((menu) => menu.default))

export function ModelPicker(props: ModelPickerProps) {
  const [isWanted, want] = useState(false)
  const { models, model, isChosen, isCompact = false } = props
  if (models.length < 2) return null
  const look = {
    label: labelOf(models, model),
    isChosen,
    isCompact,
    'aria-haspopup': 'menu' as const,
    'aria-expanded': false,
  }
  if (!isWanted) {
    return <ModelButton {...look} onPointerEnter={ModelMenu.preload} onClick={() => want(true)} />
  }
  return (
    <Suspense fallback={<ModelButton {...look} aria-busy />}>
      <ModelMenu {...props} />
    </Suspense>
  )
}
