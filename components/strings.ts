// The words of the interface that the first load needs; those of what comes on demand are beside it, in strings/. Ready to be translated.
// What a server refuses with comes from lib/chat/chatError.ts.
import { failureStrings } from './strings/failure.ts'

export const strings = {
  product: failureStrings.product,
  tagline: 'AI chat that keeps working when you leave',

  threads: {
    name: 'Threads',
    newChat: 'New chat',
    untitled: 'New conversation',
    open: 'Open threads',
    close: 'Close threads',
    more: 'Show older threads',
    search: 'Search and commands',
    pinned: 'Pinned',
    archived: 'Archived',
    noneArchived: 'Nothing has been archived.',
    unread: 'Unread',
    menu: (title: string) => `Menu of “${title}”`,
    newTitle: 'New title',
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
    jumpToNew: 'Jump to latest, new reply',
    newHere: 'New since you were here',
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
  },
  sources: 'Sources',

  announce: {
    completed: 'The reply is complete.',
    cancelled: 'The reply was stopped.',
    failed: (why: string) => `The reply failed. ${why}`,
    waiting: 'The reply is waiting to go on.',
  },

  panes: {
    name: 'Open panes',
    split: 'Open another pane beside',
    close: 'Close pane',
    left: 'Move pane left',
    right: 'Move pane right',
    resize: (name: string) => `Width of “${name}”`,
    job: 'Details of a reply',
  },

  actions: {
    send: 'Send',
    stop: 'Stop',
    stopWaiting: 'Stop this reply',
    retry: 'Retry',
    copyReply: 'Copy reply',
    copyMessage: 'Copy message',
    copied: 'Copied',
    edit: 'Edit',
    discard: 'Discard',
    unqueue: 'Take out of the queue',
    sendNow: 'Send now',
    tryAgain: failureStrings.tryAgain,
    signIn: 'Sign in',
  },

  composer: {
    name: 'Message',
    placeholder: 'Ask for something',
    hint: 'Enter sends, Shift + Enter starts a new line',
    hintOffline: 'You are offline. What you send is kept on this device.',
    tooLong: (over: string) => `${over} characters too many`,
    notKept: 'This device could not keep the message, so it was not sent. Free some space and send it again.',
  },

  empty: {
    title: 'Leave it with me.',
    lead: 'Replies are written on the server, not in this tab. Close it, restart everything: the reply will be here when you come back.',
    ongoing: 'Still going on',
    ongoingStatus: { processing: 'Working', pending: 'Queued', waiting: 'Waiting' },
    promptsTitle: 'Try what others cannot',
    prompts: [
      {
        kind: 'leaves',
        name: 'Close the tab on it',
        prompt: 'write 600 words',
        about: 'Send it, close this tab, come back: it went on without you.',
      },
      {
        kind: 'waits',
        name: 'Let it wait',
        prompt: 'wait 30 seconds then say the tea is ready',
        about: 'Seconds or months: it sleeps on the server, and goes on by itself.',
      },
      {
        kind: 'asks',
        name: 'Let it ask you',
        prompt: 'ask me Tea or coffee? with choices Tea | Coffee',
        about: 'It stops for your answer, on any device, for as long as you take.',
      },
    ],
    also: ['Runs tasks at their times', 'Asks before it changes anything', 'Mends itself after a crash'],
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
    stopFailed: 'Could not be stopped. Check the connection and try again.',
    retryFailed: 'Could not be tried again. Check the connection.',
  },

  markdown: { image: 'Image', code: 'Code', table: 'Table', copyCode: 'Copy code' },

  // What waits for the person: cards, inbox, notices.
  countdown: {
    now: 'any moment',
    inClock: (clock: string) => `in ${clock}`,
    inHours: (hours: number, minutes: number) => (minutes === 0 ? `in ${hours} h` : `in ${hours} h ${minutes} min`),
    on: (day: string, clock: string) => `on ${day} at ${clock}`,
    moment: (day: string, clock: string) => `${day}, ${clock}`,
  },

  waits: {
    statusForYou: 'Waiting for you',
    statusUntil: (when: string) => `Waiting until ${when}`,
    announceQuestion: (question: string) => `A question for you: ${question}`,
    announceApproval: (summary: string) => `Your approval is needed: ${summary}`,
    open: {
      question: (count: number) =>
        count === 1 ? '1 question is waiting for you' : `${count} questions are waiting for you`,
      approval: (count: number) =>
        count === 1 ? '1 approval is waiting for you' : `${count} approvals are waiting for you`,
      both: (count: number) => `${count} questions and approvals are waiting for you`,
      notAnswered: 'A message here does not answer it.',
    },
  },

  continuation: {
    name: 'Going on',
    elapsed: 'The wait is over',
    wentOn: 'You ended the wait',
    timeUnknown: 'The wait has ended',
    skipped: 'You skipped the question',
    answerTo: (question: string) => `Your answer to “${question}”`,
    answer: 'Your answer',
    approved: (what: string) => `You approved: ${what}`,
    denied: (what: string) => `You did not approve: ${what}`,
    approvalUnknown: 'You decided on an approval',
    expired: 'Nobody answered in time',
    expiredNotDone: (what: string) => `Nobody answered in time, so it was not done: ${what}`,
    schedule: 'Scheduled task',
    continue: 'You asked it to go on',
    above: 'See above',
  },

  reasoning: {
    thoughtFor: (seconds: number) => `Thought for ${seconds} s`,
    thinking: (seconds: number) => `Thinking… ${seconds} s`,
  },

  steer: { name: 'You added' },

  openedThread: {
    link: (title: string) => `Open “${title}”`,
    opened: (title: string) => `Opened “${title}”`,
    back: 'Back',
    offered: (title: string) => `The reply leads to “${title}”`,
    show: 'Show',
  },

  inbox: {
    name: 'Inbox',
    needYou: (count: string) => `Inbox, ${count} need you`,
    needsYou: 'Inbox, 1 needs you',
    thread: 'Needs you',
  },

  // Control: what becomes of a message, which model answers, the queue, versions, details, money.
  policy: {
    name: 'When a reply is running',
    queue: 'Queue',
    steer: 'Add to the reply',
    interrupt: 'Interrupt',
    queueHint: 'It waits its turn.',
    steerHint: 'The reply that is being written takes it in at its next step.',
    interruptHint: 'The reply is stopped, its words are kept, and this comes next.',
    send: { queue: 'Queue message', steer: 'Add to the running reply', interrupt: 'Interrupt and send' },
    hint: (what: string) => `A reply is being written. What you send now: ${what} Esc stops the reply.`,
  },

  model: {
    name: 'Model',
    next: 'For the next message',
    forThread: 'Use for this chat',
    asSettings: 'As in your settings',
    tools: 'tools',
    noTools: 'no tools',
    reasoning: 'reasoning',
    free: 'free',
    priceUnknown: 'price not known',
    price: (input: string, output: string) => `${input} in, ${output} out per million tokens`,
    failed: 'The model of this chat could not be changed. Check the connection.',
  },

  versions: {
    previous: 'Previous version',
    next: 'Next version',
    place: (place: number, count: number) => `${place}/${count}`,
    group: 'Versions',
    failed: 'The version could not be shown. Check the connection.',
    elsewhere: 'A reply is being written in another version.',
    show: 'Show it',
  },

  reply: {
    regenerate: 'Regenerate',
    otherModel: 'Another model',
    with: (model: string) => `Regenerate with ${model}`,
    regenerateFailed: 'Could not be made anew. Check the connection.',
    goOn: 'Continue',
    goOnFailed: 'Could not go on. Check the connection.',
    edit: 'Edit message',
    editName: 'Your message',
    save: 'Save and send',
    cancel: 'Cancel',
    editHint: 'What came after it stays in another version. A running reply is stopped.',
  },

  details: { open: 'Details' },

  budget: {
    worksAgain: (when: string) => `Works again ${when}`,
    worksNow: 'It works again now.',
  },

  stale: { words: 'This page has been renewed since it was opened.', reload: 'Reload' },

  jobs: { name: 'Jobs' },

  schedules: {
    name: 'Scheduled tasks',
  },

  settings: { name: 'Settings' },

  threadSettings: {
    open: 'Chat settings',
  },

  offline: {
    asOf: (when: string) => `As of ${when}, kept on this device`,
    notHere: 'This chat is not kept on this device. It is here again when you are online.',
  },
} as const
