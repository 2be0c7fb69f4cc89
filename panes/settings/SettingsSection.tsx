// One part of the settings under its heading.
import type { ReactNode } from 'react'

type SettingsSectionProps = { title: string; lead: string; children: ReactNode }

export function SettingsSection({ title, lead, children }: SettingsSectionProps) {
  return (
    <section className="border-b border-line py-7 first:pt-2 last:border-b-0">
      <h2 className="font-serif text-xl font-semibold">{title}</h2>
      <p className="mt-0.5 mb-4 max-w-[36rem] text-sm text-soft text-pretty">{lead}</p>
      {children}
    </section>
  )
}
