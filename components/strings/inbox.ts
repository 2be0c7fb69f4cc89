// The words of the inbox itself. Loaded with it.
export const inboxStrings = {
  loading: 'Loading the inbox',
  forYou: 'Waiting for you',
  timers: 'Waiting for their time',
  failures: 'Failed',
  putAside: 'Put aside',
  putAsideFailed: 'Could not be put aside. Check the connection.',
  wasPutAside: 'Put aside',
  wasRetried: 'Tried again',
  wasMended: 'Taken care of elsewhere',
  emptyTitle: 'Nothing waits for you.',
  emptyLead:
    'Questions, approvals and failures of all your conversations will be listed here, to be answered in place.',
  away: {
    title: 'Replied while you were away',
    one: (thread: string) => `“${thread}” replied while you were away`,
    many: (count: number) => `${count} chats replied while you were away`,
    repliedAt: (when: string) => `Replied: ${when}`,
    failedAt: (when: string) => `Failed: ${when}`,
    seen: 'Mark as read',
    failed: 'Could not be marked. Check the connection.',
  },
}
