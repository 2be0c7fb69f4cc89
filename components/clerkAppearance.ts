// Clerk's forms in our colours: its variables take our tokens, which know both themes.
export const clerkAppearance = {
  variables: {
    colorBackground: 'var(--raised)',
    colorForeground: 'var(--ink)',
    colorMuted: 'var(--sunken)',
    colorMutedForeground: 'var(--soft)',
    colorPrimary: 'var(--lamp)',
    colorPrimaryForeground: 'var(--on-lamp)',
    colorInput: 'var(--paper)',
    colorInputForeground: 'var(--ink)',
    colorNeutral: 'var(--ink)',
    colorDanger: 'var(--bad)',
    colorRing: 'var(--lamp)',
    fontFamily: 'var(--font-sans)',
    borderRadius: '0.625rem',
  },
}
