// The words of forms: what becomes of what is saved.
export const savingStrings = {
  saving: 'Saving',
  saved: 'Saved',
  failed: 'Could not be saved. Check the connection and try again.',
  tooLong: (over: string) => `${over} characters too many`,
  cancel: 'Cancel',
  notMoney: 'Write an amount of dollars, such as 2 or 2.50.',
}
