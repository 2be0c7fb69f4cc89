'use client'
// Another reply to the same question, beside this one; also with another model. The menu is loaded when somebody reaches for it.
import { ChevronDown, RefreshCw } from 'lucide-react'
import { type ComponentProps, Suspense, useState } from 'react'
import { useModels } from '../../components/BrowserSettings.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { lazyPart } from '../../components/lazyPart.tsx'
import { strings } from '../../components/strings.ts'

type RegenerateButtonProps = { isAsking: boolean; regenerate: (model: string | null) => void }

const RegenerateMenu = lazyPart(() => import('./RegenerateMenu.tsx').then((menu) => menu.default))

export function RegenerateButton({ isAsking, regenerate }: RegenerateButtonProps) {
  const [isWanted, want] = useState(false)
  const models = useModels()
  const closed = { 'aria-haspopup': 'menu' as const, 'aria-expanded': false }
  return (
    <span className="inline-flex items-center">
      <IconButton
        label={strings.reply.regenerate}
        aria-disabled={isAsking}
        onClick={() => regenerate(null)}
        className="size-9"
      >
        <RefreshCw size={15} aria-hidden="true" className={isAsking ? 'animate-spin' : undefined} />
      </IconButton>
      {models.length < 2 ? null : isWanted ? (
        <Suspense fallback={<OtherModelButton {...closed} aria-busy />}>
          <RegenerateMenu models={models} regenerate={regenerate} />
        </Suspense>
      ) : (
        <OtherModelButton {...closed} onPointerEnter={RegenerateMenu.preload} onClick={() => want(true)} />
      )}
    </span>
  )
}

export function OtherModelButton(props: Omit<ComponentProps<'button'>, 'aria-label' | 'title' | 'children'>) {
  return (
    <IconButton label={strings.reply.otherModel} className="-ml-1.5 h-9 w-6" {...props}>
      <ChevronDown size={13} aria-hidden="true" />
    </IconButton>
  )
}
