// The words of notices outside the page, and of the question whether to show any.
export const notificationStrings = {
  done: 'A reply is complete',
  failed: 'A reply has failed',
  question: 'A question for you',
  approval: 'Your approval is needed',
  untitled: 'New conversation',
  offer: {
    words: 'That one took its time.',
    more: 'Shall this device tell you when such a reply is complete, while you are elsewhere?',
    yes: 'Tell me',
    no: 'Not now',
    on: 'This device will tell you.',
    onMore: 'Settings says for what.',
    show: 'Settings',
    denied: 'The browser blocks notifications for this site.',
    deniedMore: 'Its site settings can allow them.',
  },
} as const
