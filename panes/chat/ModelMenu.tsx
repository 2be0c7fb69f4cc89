'use client'
// The menu of models. Begins open: it is loaded because somebody has pressed the button.
import { Check } from 'lucide-react'
import * as Menu from 'radix-ui/dropdown-menu'
import { strings } from '../../components/strings.ts'
import { ModelButton } from './ModelButton.tsx'
import type { ModelPickerProps } from './ModelPicker.tsx'
import { itemLook, markedLook, surfaceLook } from './menuLooks.ts'
import { labelOf, modelWords } from './modelWords.ts'

export default function ModelMenu(props: ModelPickerProps) {
  const { models, model, isChosen, isForThread, isCompact = false, choose, setForThread } = props
  return (
    <Menu.Root defaultOpen modal={false}>
      <Menu.Trigger asChild>
        <ModelButton label={labelOf(models, model)} isChosen={isChosen} isCompact={isCompact} />
      </Menu.Trigger>
      <Menu.Content
        side="top"
        align="start"
        sideOffset={6}
        collisionPadding={12}
        className={`${surfaceLook} w-80 max-w-[calc(100vw-1.5rem)]`}
      >
        <Menu.Label className="px-3 pt-1.5 pb-1 text-xs text-soft">{strings.model.next}</Menu.Label>
        <Menu.RadioGroup value={model} onValueChange={choose}>
          {models.map((one) => (
            <Menu.RadioItem
              key={one.id}
              value={one.id}
              textValue={one.label}
              aria-label={one.label}
              aria-describedby={`model-${one.id}`}
              className={`${itemLook} ${markedLook}`}
            >
              <Mark />
              <span className="font-medium wrap-anywhere">{one.label}</span>
              <span id={`model-${one.id}`} className="text-xs text-soft">
                {modelWords(one)}
              </span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Separator className="mx-2 my-1.5 h-px bg-line" />
        <Menu.CheckboxItem checked={isForThread} onCheckedChange={setForThread} className={`${itemLook} ${markedLook}`}>
          <Mark />
          {strings.model.forThread}
        </Menu.CheckboxItem>
      </Menu.Content>
    </Menu.Root>
  )
}

function Mark() {
  return (
    <Menu.ItemIndicator className="absolute top-3 left-2.5">
      <Check size={15} aria-hidden="true" className="text-lamp" />
    </Menu.ItemIndicator>
  )
}
