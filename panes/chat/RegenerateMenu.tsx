'use client'
// The models that a reply can be made anew with. Begins open: it is loaded because somebody has pressed the button.
import * as Menu from 'radix-ui/dropdown-menu'
import type { ModelCard } from '../../components/BrowserSettings.tsx'
import { strings } from '../../components/strings.ts'
import { itemLook, surfaceLook } from './menuLooks.ts'
import { modelWords } from './modelWords.ts'
import { OtherModelButton } from './RegenerateButton.tsx'

type RegenerateMenuProps = { models: readonly ModelCard[]; regenerate: (model: string) => void }

export default function RegenerateMenu({ models, regenerate }: RegenerateMenuProps) {
  return (
    <Menu.Root defaultOpen modal={false}>
      <Menu.Trigger asChild>
        <OtherModelButton />
      </Menu.Trigger>
      <Menu.Content
        align="start"
        sideOffset={4}
        collisionPadding={12}
        className={`${surfaceLook} w-80 max-w-[calc(100vw-1.5rem)]`}
      >
        {models.map((one) => (
          <Menu.Item key={one.id} textValue={one.label} onSelect={() => regenerate(one.id)} className={itemLook}>
            <span className="font-medium wrap-anywhere">{strings.reply.with(one.label)}</span>
            <span className="text-xs text-soft">{modelWords(one)}</span>
          </Menu.Item>
        ))}
      </Menu.Content>
    </Menu.Root>
  )
}
