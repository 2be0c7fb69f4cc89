// The words inside the card of a tool's call, loaded when one is opened.
export const toolStrings = {
  input: 'Given',
  output: 'Answered',
  error: 'Failed with',
  copy: { input: 'Copy what it was given', output: 'Copy what it answered' },
  more: (chars: string) => `Show all ${chars} characters`,
  less: 'Show less',
  cut: (chars: string) => `Shown up to here. All ${chars} characters can be copied.`,
} as const
