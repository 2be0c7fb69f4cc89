/** A person's picture: their initials, as a `data:` address, so that the browser never asks another host for one. */
interface Named {
  firstName: string | null
  lastName: string | null
  email: string
}

const firstLetter = (text: string | null) => [...(text ?? '').trim()][0] ?? ''

export function computeInitials({ firstName, lastName, email }: Named): string {
  const initials = `${firstLetter(firstName)}${firstLetter(lastName)}` || firstLetter(email)
  return initials.toLocaleUpperCase('en')
}

/** Letters are untrusted text: whatever is not a letter or a digit is left out of the picture. */
export function drawInitials(person: Named): string {
  const letters = computeInitials(person).replace(/[^\p{L}\p{N}]/gu, '')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#8a4b12"/><text x="32" y="33" fill="#fff" font-family="system-ui,sans-serif" font-size="26" font-weight="600" text-anchor="middle" dominant-baseline="central">${letters}</text></svg>`
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
