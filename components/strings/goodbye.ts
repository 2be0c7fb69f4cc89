// The words of the page after an account was deleted.
export const goodbyeStrings = {
  title: 'Your account is deleted.',
  lead: 'You are signed out everywhere. Your chats, facts, tasks and links are being removed from the server now; it takes a few moments.',
  emptying: 'Emptying what this device had kept',
  emptied: 'This device has kept nothing.',
  kept: 'This device could not be emptied completely: close its other tabs of this site, then reload this page.',
  again: 'Begin anew',
} as const
