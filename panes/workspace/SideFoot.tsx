'use client'
// Below the list of threads: who is signed in, and the light they read by.
import { UserButton } from '@clerk/nextjs'
import { AfterHydration } from '../../components/AfterHydration.tsx'
import { ThemeToggle } from '../../components/ThemeToggle.tsx'

export function SideFoot() {
  return (
    <div className="flex h-14 shrink-0 items-center justify-between border-t border-line px-4">
      <div className="grid size-10 place-items-center">
        <AfterHydration>
          <UserButton />
        </AfterHydration>
      </div>
      <ThemeToggle />
    </div>
  )
}
