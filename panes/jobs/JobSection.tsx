// One part of a job under its heading. No landmark: there are many, and headings lead to them.
import type { ReactNode } from 'react'

export function JobSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="space-y-2">
      <h3 className="font-serif text-lg font-semibold">{title}</h3>
      {children}
    </section>
  )
}
