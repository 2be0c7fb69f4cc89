// One part of the settings under its heading, which the address can name.
import type { ReactNode } from 'react'
import { type SectionId, titleOf } from './settingsSections.ts'

type SettingsSectionProps = { id: SectionId; lead: string; children: ReactNode }

export function SettingsSection({ id, lead, children }: SettingsSectionProps) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="scroll-mt-14 border-b border-line py-8 last:border-b-0 @3xl:scroll-mt-2"
    >
      <h2 id={`${id}-title`} tabIndex={-1} className="font-serif text-xl font-semibold outline-none">
        {titleOf(id)}
      </h2>
      <p className="mt-0.5 mb-4 max-w-[36rem] text-sm text-soft text-pretty">{lead}</p>
      {children}
    </section>
  )
}
