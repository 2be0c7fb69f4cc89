// One kind of what the inbox holds, under its heading.
import type { ReactNode } from 'react'

export function InboxSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="pb-8">
      <h2 className="border-b border-line pb-1.5 text-sm font-medium text-soft">{title}</h2>
      <ul className="divide-y divide-line">{children}</ul>
    </section>
  )
}
