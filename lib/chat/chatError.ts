/** The closed vocabulary of what can go wrong, with the words people read. Imported by the database functions, the server and the UI, so it imports nothing. */

interface ChatErrorEntry {
  /** HTTP status where the error crosses HTTP. */
  status: number
  /** What happened. */
  message: string
  /** What the person can do now. */
  hint: string
}

export const chatErrors = {
  // Who is asking
  'not-signed-in': {
    status: 401,
    message: 'You are signed out.',
    hint: 'Sign in and send it again. Your text is kept.',
  },
  'not-allowed': {
    status: 403,
    message: 'This account may not do that.',
    hint: 'Sign in with the account that owns it.',
  },
  'wrong-origin': {
    status: 403,
    message: 'That request came from another site.',
    hint: 'Open the app at its own address.',
  },
  'account-removed': { status: 410, message: 'This account has been deleted.', hint: 'Sign up again to go on.' },

  // What was asked
  'bad-request': { status: 400, message: 'That request could not be read.', hint: 'Reload the page and try again.' },
  'bad-id': {
    status: 400,
    message: 'That is not a valid id.',
    hint: 'Ids are lower-case UUIDs, made anew for each message.',
  },
  'message-empty': { status: 400, message: 'There is nothing in that message.', hint: 'Write something first.' },
  'message-too-long': {
    status: 413,
    message: 'That message is too long.',
    hint: 'Keep it under 32,000 characters, or send it in parts.',
  },
  'body-too-large': { status: 413, message: 'That request is too large.', hint: 'Send a shorter message.' },
  'wrong-content-type': { status: 415, message: 'Only JSON is understood here.', hint: 'Send it as application/json.' },
  'title-too-long': { status: 400, message: 'That title is too long.', hint: 'Keep it under 120 characters.' },
  'instructions-too-long': {
    status: 400,
    message: 'Those instructions are too long.',
    hint: 'Keep them under 8,000 characters.',
  },
  'preference-not-valid': {
    status: 400,
    message: 'That setting cannot be kept.',
    hint: 'Choose one of the values on offer.',
  },
  'memory-empty': { status: 400, message: 'There is nothing in that fact.', hint: 'Write what to remember.' },
  'memory-too-long': {
    status: 400,
    message: 'That is too much to remember at once.',
    hint: 'Keep it under 1,000 characters.',
  },
  'memory-off': {
    status: 409,
    message: 'Remembering is switched off.',
    hint: 'Switch it on in the settings first.',
  },
  'too-many-memories': {
    status: 409,
    message: 'There is no room for more to remember.',
    hint: 'Delete some of the 500 facts first.',
  },
  'message-not-found': {
    status: 404,
    message: 'There is no such message.',
    hint: 'It may have been deleted. Reload the page.',
  },
  'thread-not-found': {
    status: 404,
    message: 'There is no such chat.',
    hint: 'It may have been deleted. Start a new one.',
  },
  'thread-removed': {
    status: 410,
    message: 'This chat was deleted before the message arrived.',
    hint: 'Press Retry to go on here, or start a new chat.',
  },
  'too-many-pins': {
    status: 409,
    message: 'There are 50 pinned chats already.',
    hint: 'Unpin one that you no longer need at hand.',
  },
  'not-retriable': {
    status: 409,
    message: 'There is nothing to retry here.',
    hint: 'Only a failed or stopped reply can be tried again.',
  },
  'wait-not-found': {
    status: 404,
    message: 'There is nothing to answer here.',
    hint: 'Its chat may have been deleted. Reload the page.',
  },
  'answer-empty': { status: 400, message: 'There is nothing in that answer.', hint: 'Write something, or skip.' },
  'answer-too-long': {
    status: 413,
    message: 'That answer is too long.',
    hint: 'Keep it under 8,000 characters.',
  },
  'answer-does-not-fit': {
    status: 400,
    message: 'That is not an answer to this.',
    hint: 'Questions take words or a skip, approvals a yes or a no.',
  },
  'schedule-not-found': {
    status: 404,
    message: 'There is no such task.',
    hint: 'It may have been deleted, with its chat or by another device.',
  },
  'schedule-over': {
    status: 409,
    message: 'The time of this task has passed.',
    hint: 'Give it another time, or run it now.',
  },
  'too-many-schedules': {
    status: 409,
    message: 'There are 100 tasks already.',
    hint: 'Delete one that is no longer needed.',
  },
  'rule-not-valid': {
    status: 400,
    message: 'That is no time for a task.',
    hint: 'Choose a time that lies ahead, or a rhythm of at least 5 minutes.',
  },
  'prompt-empty': { status: 400, message: 'The task does not say what to do.', hint: 'Write what to ask each time.' },
  'prompt-too-long': {
    status: 413,
    message: 'That task is too long.',
    hint: 'Keep it under 8,000 characters.',
  },
  'not-editable': {
    status: 409,
    message: 'That message cannot be replaced.',
    hint: 'Only your own messages in this chat can be edited. Send it as a new one.',
  },
  'still-queued': {
    status: 409,
    message: 'That message still waits.',
    hint: 'Edit it where it waits, in the queue.',
  },
  'not-regenerable': {
    status: 409,
    message: 'There is no finished reply here to make anew.',
    hint: 'Wait until it has ended, or stop it first.',
  },
  'not-continuable': {
    status: 409,
    message: 'There is nothing to go on with here.',
    hint: 'Only a stopped reply at the end of the chat can go on. Send a message, or press Retry.',
  },
  'too-many-branches': {
    status: 409,
    message: 'This chat has too many versions.',
    hint: 'A chat can have 100 of them. Go on in a new chat.',
  },
  'already-started': {
    status: 409,
    message: 'That message does not wait any more.',
    hint: 'Its reply has been started. Stop it, or edit the message in the chat.',
  },
  'message-held': {
    status: 409,
    message: 'That message waits for the one sent before it.',
    hint: 'It gets its place as soon as that one arrives.',
  },
  'not-queued': {
    status: 409,
    message: 'That is not a message in the queue.',
    hint: 'Reload the page.',
  },
  'queue-full': {
    status: 409,
    message: 'Too many messages are waiting in this chat.',
    hint: 'Wait for a reply, then press Retry.',
  },
  'rate-limited': {
    status: 429,
    message: 'You are sending faster than allowed.',
    hint: 'It goes out by itself in a moment.',
  },
  'budget-spent': {
    status: 429,
    message: 'The budget is spent.',
    hint: 'It works again at the time shown. What you have written is kept.',
  },
  'thread-budget-spent': {
    status: 402,
    message: 'The budget of this chat is spent.',
    hint: 'Raise it in the settings of the chat, or start a new chat.',
  },

  // Our own parts
  'queue-down': {
    status: 503,
    message: 'The message could not be handed over.',
    hint: 'It is kept on this device and sent again by itself.',
  },
  'database-down': {
    status: 503,
    message: 'The database cannot be reached.',
    hint: 'It is tried again by itself. Your text is kept.',
  },
  'not-configured': {
    status: 503,
    message: 'The server is missing a setting.',
    hint: 'Run `npm run doctor` to see which one.',
  },
  'gave-up': {
    status: 500,
    message: 'The reply was interrupted too many times.',
    hint: 'Press Retry to start it again.',
  },
  internal: {
    status: 500,
    message: 'Something went wrong on our side.',
    hint: 'Press Retry. If it happens again, quote the id.',
  },

  // The model
  'model-rate-limited': { status: 503, message: 'The model is busy.', hint: 'Press Retry in a minute.' },
  'model-unavailable': { status: 503, message: 'The model did not answer.', hint: 'Press Retry in a minute.' },
  'model-stalled': { status: 504, message: 'The model stopped answering halfway.', hint: 'Press Retry.' },
  'model-garbled': { status: 502, message: 'The model sent an answer that could not be read.', hint: 'Press Retry.' },
  'model-refused': {
    status: 422,
    message: 'The model declined to answer this.',
    hint: 'Put it another way and send it again.',
  },
  'model-rejected': {
    status: 502,
    message: 'The model did not accept the request.',
    hint: 'Check the model name, or shorten the message, then press Retry.',
  },
  'model-misconfigured': {
    status: 502,
    message: 'The model refused our key.',
    hint: 'Check the API key and the model name on the server, then press Retry.',
  },
  'model-quota': {
    status: 402,
    message: 'The account at the model provider is out of credit.',
    hint: 'Add credit at the provider, then press Retry.',
  },
  'context-too-long': {
    status: 413,
    message: 'This chat no longer fits into the model.',
    hint: 'Start a new chat, or send a shorter message.',
  },
  'reply-too-long': { status: 422, message: 'The reply grew too long to keep.', hint: 'Ask for a shorter answer.' },
  'too-many-steps': {
    status: 422,
    message: 'The reply took too many steps.',
    hint: 'Ask for something smaller, or press Retry.',
  },
} as const satisfies Record<string, ChatErrorEntry>

export type ChatErrorCode = keyof typeof chatErrors

export function isChatErrorCode(code: unknown): code is ChatErrorCode {
  return typeof code === 'string' && Object.hasOwn(chatErrors, code)
}

/** What crosses a border: a thrown `ConvexError`'s data, and `error` in every JSON answer. */
export type ChatErrorData = {
  code: ChatErrorCode
  message: string
  hint: string
  /** When it works again (ms), for `rate-limited` and `budget-spent`. */
  retryAt?: number
}

/** The same words for the same code, everywhere. `message` may say more than the table does. */
export function chatErrorData(code: ChatErrorCode, more: { message?: string; retryAt?: number } = {}): ChatErrorData {
  const { message, hint } = chatErrors[code]
  return { code, message, hint, ...more }
}
