'use client'
// One line above the composer while a reply is being made in a version that is not shown; it leads there.
import { Lamp } from '../../components/Lamp.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'
import { useAsking } from './useAsking.ts'

type ElsewhereLineProps = { turnId: string | null; select: (turnId: string) => Promise<void> }

export function ElsewhereLine({ turnId, select }: ElsewhereLineProps) {
  const { isAsking, why, ask } = useAsking()
  if (turnId === null) return null
  return (
    <div className="mx-auto flex w-full max-w-[46rem] flex-wrap items-center gap-x-2 px-6 pb-1.5 text-sm sm:px-9">
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
