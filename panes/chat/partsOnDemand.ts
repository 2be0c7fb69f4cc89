'use client'
// Parts of a conversation that the first look at most of them does without. Their code comes with the first that is there, or when the
// page is idle, whichever is earlier.
import { lazyPart } from '../../components/lazyPart.tsx'

export const WaitCard = lazyPart(() => import('./WaitCard.tsx').then((part) => part.WaitCard))
export const QueuePanel = lazyPart(() => import('./QueuePanel.tsx').then((part) => part.QueuePanel))
export const EditMessage = lazyPart(() => import('./EditMessage.tsx').then((part) => part.EditMessage))

export function preloadParts(): void {
  for (const part of [WaitCard, QueuePanel, EditMessage]) part.preload()
}
