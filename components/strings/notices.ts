// The words of notices at the edge of the page. Loaded with them.
export const noticeStrings = {
  name: 'Notices',
  question: (thread: string) => `A question in “${thread}”`,
  approval: (thread: string) => `Approval needed in “${thread}”`,
  failure: (thread: string) => `A reply failed in “${thread}”`,
  show: 'Show',
  dismiss: 'Dismiss',
}
