// Keys to press together, as they stand on the keyboard.
export function Keys({ caps }: { caps: readonly string[] }) {
  return (
    <span className="inline-flex gap-1">
      {caps.map((cap) => (
        <kbd
          key={cap}
          className="inline-block min-w-6 rounded-md border border-line bg-sunken px-1.5 text-center font-sans text-xs leading-5 text-ink"
        >
          {cap}
        </kbd>
      ))}
    </span>
  )
}
