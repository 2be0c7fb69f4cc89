// The words of what one chat has of its own. Loaded with its dialog.
export const threadSettingsStrings = {
  close: 'Close chat settings',
  instructions: 'Instructions for this chat',
  instructionsHint: 'They come on top of those for all chats.',
  model: 'Model of this chat',
  policyLead: 'For this chat. Each message can say otherwise.',
  budget: 'Budget of this chat',
  budgetHint: (spent: string) => `In US dollars. Empty: no limit. It has cost ${spent} so far.`,
  save: 'Save chat settings',
}
