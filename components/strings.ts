// Every word the interface says, in one place, ready to be translated. What a server refuses with comes from lib/chat/chatError.ts.
export const strings = {
  product: 'Nightshift',
  tagline: 'AI chat that keeps working when you leave',

  threads: {
    name: 'Threads',
    newChat: 'New chat',
    untitled: 'New conversation',
    open: 'Open threads',
    close: 'Close threads',
    more: 'Show older threads',
    empty: 'Your conversations will be listed here.',
    today: 'Today',
    yesterday: 'Yesterday',
    lastWeek: 'Previous 7 days',
    lastMonth: 'Previous 30 days',
    older: 'Older',
    status: { pending: 'Queued', processing: 'Working', waiting: 'Waiting', failed: 'Failed' },
  },

  conversation: {
    name: 'Conversation',
    you: 'You',
    reply: 'Reply',
    jump: 'Jump to latest',
    earlier: 'Show earlier messages',
    loading: 'Loading the conversation',
    loadingEarlier: 'Loading earlier messages',
  },

  status: {
    sending: 'Sending',
    sent: 'Sent',
    unsentOffline: 'Kept on this device, sent when you are online',
    unsentAt: (time: string) => `Will be sent at ${time}`,
    unsentTrying: 'Not sent yet, trying again',
    unsentSignedOut: 'Kept on this device, sent when you sign in',
    queued: 'Queued',
    thinking: 'Thinking',
    writing: 'Writing',
    usingTool: (name: string) => `Using ${name}`,
    retryingAt: (time: string) => `Retrying at ${time}`,
    retryingNow: 'Trying again',
    waiting: 'Waiting to go on',
    stopping: 'Stopping',
    stopped: 'Stopped',
    failed: 'Failed',
    triedAgain: 'Tried again below',
  },

  tool: {
    running: 'is running',
    done: 'has answered',
    failed: 'failed',
    waiting: 'is waiting',
    input: 'Given',
    output: 'Answered',
  },

  announce: {
    completed: 'The reply is complete.',
    cancelled: 'The reply was stopped.',
    failed: (why: string) => `The reply failed. ${why}`,
    waiting: 'The reply is waiting to go on.',
  },

  actions: {
    send: 'Send',
    stop: 'Stop',
    retry: 'Retry',
    copyReply: 'Copy reply',
    copyMessage: 'Copy message',
    copied: 'Copied',
    edit: 'Edit',
    discard: 'Discard',
    unqueue: 'Take out of the queue',
    tryAgain: 'Try again',
    signIn: 'Sign in',
    home: 'Back to the chat',
  },

  composer: {
    name: 'Message',
    placeholder: 'Ask for something',
    hint: 'Enter sends, Shift + Enter starts a new line',
    hintRunning: 'A reply is being written. What you send now waits its turn.',
    hintStop: 'Esc stops it.',
    hintOffline: 'You are offline. What you send is kept on this device.',
    tooLong: (over: string) => `${over} characters too many`,
    notKept: 'This device could not keep the message, so it was not sent. Free some space and send it again.',
  },

  empty: {
    title: 'Leave it with me.',
    lead: 'Replies are written on the server, not in this tab. Close it, lose the connection, restart everything: the reply will be here when you come back.',
    promptsTitle: 'Things to try',
    prompts: [
      { prompt: 'count to 200', about: 'Send it, close this tab, come back.' },
      { prompt: 'think 20 seconds then say hello', about: 'Silence is fine. Nothing times out.' },
      { prompt: 'write 400 words', about: 'Open a second window: the same words, live.' },
      { prompt: 'fail 2 times then say I made it', about: 'Watch it run into trouble and recover.' },
    ],
  },

  connection: {
    offline: 'You are offline. What you write is kept and sent when you are back.',
    reconnecting: 'Reconnecting. Replies go on without this page.',
  },

  signedOut: {
    title: 'You are signed out.',
    lead: 'Drafts and messages that were not sent yet are kept on this device for you.',
  },

  theme: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },

  errors: {
    paneTitle: 'This part could not be shown.',
    paneLead: 'What you wrote is kept. Replies go on without this page.',
    pageTitle: 'Something went wrong.',
    pageLead: 'Nothing is lost: your conversations are stored, and replies go on without this page.',
    notFoundTitle: 'There is nothing at this address.',
    notFoundLead: 'The conversation may have been deleted, or the link is incomplete.',
    stopFailed: 'Could not be stopped. Check the connection and try again.',
    retryFailed: 'Could not be tried again. Check the connection.',
    reference: (id: string) => `Reference: ${id}`,
  },

  markdown: { image: 'Image', code: 'Code', copyCode: 'Copy code' },
} as const
