// One part of a job under its heading.
import { type ReactNode, useId } from 'react'

export function JobSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="space-y-2">
      <h3 id={id} className="font-serif text-lg font-semibold">
        {title}
      </h3>
      {children}
    </section>
  )
}
