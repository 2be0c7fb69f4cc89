'use client'
// One line above the composer while a reply is being made in a version that is not shown; it leads there.
import { useRef } from 'react'
import { Lamp } from '../../components/Lamp.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'
import { useAsking } from './useAsking.ts'
import { useLeaveFocus } from './useLeaveFocus.ts'

type Select = (turnId: string) => Promise<void>

export function ElsewhereLine({ turnId, select }: { turnId: string | null; select: Select }) {
  return turnId === null ? null : <Line turnId={turnId} select={select} />
}

function Line({ turnId, select }: { turnId: string; select: Select }) {
  const { isAsking, why, ask } = useAsking()
  const box = useRef<HTMLDivElement>(null)
  useLeaveFocus(box)
  return (
    <div
      ref={box}
      className="mx-auto flex w-full max-w-[46rem] flex-wrap items-center gap-x-2 px-6 pb-1.5 text-sm sm:px-9"
    >
      <p className="flex items-baseline gap-2.5">
        <Lamp tone="lit" />
        {strings.versions.elsewhere}
      </p>
      <QuietButton aria-disabled={isAsking} onClick={() => ask(() => select(turnId), strings.versions.failed)}>
        {strings.versions.show}
      </QuietButton>
      {why === null ? null : (
        <span role="alert" className="text-bad">
          {why}
        </span>
      )}
    </div>
  )
}
