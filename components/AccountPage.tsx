/** The calm frame around Clerk's sign-in and sign-up forms. */
export function AccountPage({ children }: { children: React.ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-8 bg-neutral-50 px-4 py-10 dark:bg-neutral-950">
      <header className="text-center">
        <h1 className="font-semibold text-2xl text-neutral-900 tracking-tight dark:text-neutral-100">Nightshift</h1>
        <p className="mt-2 text-neutral-600 text-sm dark:text-neutral-400">
          The chat that keeps working when you leave.
        </p>
      </header>
      {children}
    </main>
  )
}
