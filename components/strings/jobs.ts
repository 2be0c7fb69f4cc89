// The words of the job inspector and of the page of all jobs. Loaded with them.

/** What a step, a try or a job ended in: why it happens, and what can be done. By the codes of lib/chat/chatError.ts. */
const troubles: Record<string, { cause: string; hint: string }> = {
  'model-rate-limited': {
    cause: 'The provider turned the call away: too many came at once, from here or from others with the same key.',
    hint: 'Wait a minute and press Retry, or choose another model. Raise the limit at the provider if it happens often.',
  },
  'model-unavailable': {
    cause: 'The provider was down, answered with an error of its own, or the connection to it broke.',
    hint: 'Press Retry in a minute. Its status page says more; another model may be up.',
  },
  'model-stalled': {
    cause: 'The provider kept the connection open and sent nothing for as long as MODEL_STALL_MS allows.',
    hint: 'Press Retry. A slow model of your own needs a higher MODEL_STALL_MS on the server.',
  },
  'model-garbled': {
    cause: 'What the provider sent was not what its protocol promises.',
    hint: 'Press Retry. If it stays, check OPENAI_COMPATIBLE_BASE_URL, or take another model.',
  },
  'model-refused': {
    cause: 'The provider’s filter stopped the answer. The same words would be declined again.',
    hint: 'Put it another way and send it again.',
  },
  'model-rejected': {
    cause: 'The provider found the request itself wrong: no such model, or parameters that it does not take.',
    hint: 'Check the model’s name in MODELS on the server, or choose another model, then press Retry.',
  },
  'model-misconfigured': {
    cause: 'The provider does not accept the key: it is wrong, revoked, or not meant for this model.',
    hint: 'Set the key anew on the server (npm run doctor asks each provider), then press Retry.',
  },
  'model-quota': {
    cause: 'The account at the provider has no credit left.',
    hint: 'Add credit there, then press Retry. Another provider’s model works meanwhile.',
  },
  'context-too-long': {
    cause: 'Message, history, tools and instructions together are longer than the model can read.',
    hint: 'See below what went into it. Start a new chat, send a shorter message, or choose a model that reads more.',
  },
  'reply-too-long': {
    cause: 'The reply reached 250,000 characters, which is as much as one reply can keep.',
    hint: 'What was written is kept. Ask for a shorter answer, or in parts.',
  },
  'too-many-steps': {
    cause: 'The model called tools again and again, until the limit of steps for one reply.',
    hint: 'See above which tools it called. Ask for something smaller, or for the next part.',
  },
  'gave-up': {
    cause: 'The worker died several times in the same step, before anything of it was kept.',
    hint: 'Press Retry. If it dies again, the log of the web server at these times says why.',
  },
  internal: {
    cause: 'Something happened that nobody thought of.',
    hint: 'Press Retry. If it happens again, look for this job’s run in the log of the web server.',
  },
  'budget-spent': {
    cause: 'The day’s or the month’s limit for models is reached, so no call was begun.',
    hint: 'It works again at the time shown. Your own limit can be raised in the settings.',
  },
  'thread-budget-spent': {
    cause: 'This chat has cost what it may cost, so no call was begun.',
    hint: 'Raise its budget in the chat’s settings, or start a new chat.',
  },
  'thread-removed': {
    cause: 'The chat was deleted while the message was on its way.',
    hint: 'Press Retry to go on there, or start a new chat.',
  },
  'queue-full': {
    cause: 'A hundred messages were waiting in this chat already.',
    hint: 'Wait for a reply, or take some out of the queue, then press Retry.',
  },
  'message-empty': { cause: 'There was nothing in the message.', hint: 'Write something first.' },
  'message-too-long': {
    cause: 'The message had more than 32,000 characters.',
    hint: 'Send it in parts.',
  },
  stopped: {
    cause: 'The job was stopped or ended while this step was at work.',
    hint: 'What was written until then is kept.',
  },
}

export const jobsStrings = {
  statuses: {
    pending: 'Queued',
    processing: 'Working',
    waiting: 'Waiting',
    completed: 'Done',
    failed: 'Failed',
    cancelled: 'Stopped',
  },

  job: {
    loading: 'Loading the job',
    gone: 'There is no such job.',
    goneLead: 'Its chat may have been deleted.',
    showThread: 'Show the chat',
    copyJson: 'Copy as JSON',
    stop: 'Stop',
    stopFailed: 'Could not be stopped. Check the connection.',
    retry: 'Retry',
    retryFailed: 'Could not be tried again. Check the connection.',
    wentWrong: 'What went wrong',
    cause: 'Cause',
    hint: 'What helps',
    again: (when: string) => `Works again ${when}`,
  },

  now: {
    queued: 'Waits its turn',
    working: (step: string) => `At work: ${step}`,
    starting: 'Starting',
    retryingIn: (when: string) => `Next try ${when}`,
    retryingNow: 'Trying again',
    waitingFor: { time: 'Waits for its time', question: 'Waits for your answer', approval: 'Waits for your approval' },
    goesOn: (when: string, isDate: boolean) => (isDate ? `Continues ${when}` : `Goes on ${when}`),
    took: (long: string) => `took ${long}`,
    since: (long: string) => `for ${long}`,
  },

  steps: {
    queue: 'Queue',
    prepare: 'Preparing',
    model: (number: number) => (number === 1 ? 'Model' : `Model, call ${number}`),
    tool: 'Tool',
    waits: { time: 'Wait', question: 'Question', approval: 'Approval' },
  },

  timeline: {
    title: 'Timeline',
    caption: 'Each step with its tries, to scale. A long pause is cut short.',
    step: 'Step',
    course: 'What happened',
    time: 'Time',
    none: 'Nothing has happened yet.',
    cut: (long: string) => `${long} cut short`,
    plus: (long: string) => `+${long}`,
    bars: {
      queue: 'waited',
      done: 'done',
      failed: 'failed',
      running: 'at work',
      lost: 'not heard of again',
      stopped: 'stopped',
      pause: 'paused',
      wait: 'waited',
    },
    bar: (start: string, what: string, long: string) => `${start} ${what}, ${long}`,
    openBar: (start: string, what: string, long: string) => `${start} ${what}, ${long} so far`,
    tries: (count: number) => `${count} tries`,
    legend: {
      model: 'Model',
      done: 'Other work',
      running: 'At work',
      failed: 'Failed',
      lost: 'Lost',
      stopped: 'Stopped',
      pause: 'Pause',
      wait: 'Waiting',
      queue: 'Queued',
    },
  },

  tries: {
    title: 'Tries',
    lead: (tries: number, steps: number) =>
      `${steps === 1 ? 'One step' : `${steps} steps`} took ${tries} tries. What was done is never done twice.`,
    number: (number: number) => `Try ${number}`,
    at: (when: string) => `at ${when}`,
    after: (long: string) => `after ${long}`,
    lost: 'The worker died, or was restarted, in the middle of it.',
    running: 'Under way.',
    done: 'Worked.',
    next: (when: string) => `Next try ${when}`,
    nextNow: 'The next try is due.',
    earlier: (count: number) =>
      count === 1 ? '1 earlier try is not listed.' : `${count} earlier tries are not listed.`,
    restarts: (count: number) =>
      count === 1
        ? 'The job was restarted once since its last step.'
        : `The job was restarted ${count} times since its last step.`,
  },

  waits: {
    title: 'Waits',
    neighbours: 'Before and after',
    lasted: (long: string) => `lasted ${long}`,
    wentOn: 'Went on as',
    cameFrom: 'Goes on from',
    nextJob: (number: number, status: string) =>
      number === 1 ? `the next job (${status})` : `job ${number} after it (${status})`,
    previousJob: 'the job before it',
  },

  facts: {
    title: 'Facts',
    model: 'Model',
    answered: (failed: string, model: string) => `${failed}; ${model} answered`,
    noneAnswered: (failed: string) => `${failed}; no other model answered`,
    fell: (model: string, why: string) => `${model} failed: ${why}`,
    fallbacks: 'Gave way',
    tokens: 'Tokens',
    tokensOf: (input: string, output: string) => `${input} in, ${output} out`,
    cached: (count: string) => `${count} of them from the cache`,
    reasoned: (count: string) => `${count} for thoughts`,
    cost: 'Cost',
    costUnknown: 'Not known: the model has no price here',
    duration: 'Duration',
    durationOf: (whole: string, first: string) => `${whole}, first words after ${first}`,
    queued: 'In the queue',
    cause: 'Begun by',
    causes: {
      message: 'Your message',
      answer: 'Your answer',
      approval: 'Your decision on an approval',
      time: 'The end of a wait',
      expiry: 'A question that nobody answered in time',
      retry: 'Retry',
      regenerate: 'Regenerate',
      schedule: 'A scheduled task',
      continue: 'Continue',
    },
    context: 'Context used',
    contextOf: (used: string, window: string, percent: string) => `${used} of ${window} tokens (${percent})`,
    run: 'Run',
    openRun: 'Open the run in Inngest',
    newTab: '(in a new tab)',
  },

  duration: {
    seconds: (seconds: string) => `${seconds} s`,
    minutes: (minutes: number, seconds: number) => (seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`),
    hours: (hours: number, minutes: number) => (minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`),
    days: (days: number, hours: number) =>
      `${days === 1 ? '1 day' : `${days} days`}${hours === 0 ? '' : ` ${hours} h`}`,
    short: {
      s: (n: string) => `${n} s`,
      min: (n: string) => `${n} min`,
      h: (n: string) => `${n} h`,
      d: (n: string) => `${n} d`,
    },
  },

  context: {
    title: 'What went into it',
    estimates: 'Tokens are estimates.',
    loading: 'Loading',
    nothingNoted: 'Nothing was noted: it had not begun.',
    turns: 'Earlier messages',
    turnsOf: (count: number) => (count === 1 ? '1 message' : `${count} messages`),
    truncated: 'older ones were left out',
    summary: 'Summary of what came before',
    memories: 'Remembered facts',
    wishes: 'Your instructions',
    tools: 'Tools on offer',
    none: 'none',
    tokenCount: (count: string) => `${count} tokens`,
    approvedCall: 'Approved call',
  },

  page: {
    loading: 'Loading your jobs',
    numbers: 'In short',
    running: 'Running',
    waiting: 'Waiting',
    needsYou: 'Waiting for you',
    failed: 'Failed',
    spentToday: 'Spent today',
    capped: (count: number) => `${count} or more`,
    hours: 'The last 24 hours',
    hoursLead: 'Replies that ended, by the hour',
    hour: 'Hour',
    days: 'The last 14 days',
    daysLead: 'What models cost, by the day (UTC)',
    day: 'Day',
    cost: 'Cost',
    ended: { done: 'Done', failed: 'Failed', stopped: 'Stopped' },
    peak: (value: string) => `most: ${value}`,
    nothing: 'Nothing',
    filter: 'Show',
    filters: { all: 'All', running: 'Running', waiting: 'Waiting', failed: 'Failed', stopped: 'Stopped', done: 'Done' },
    list: 'List of jobs',
    more: 'Show older jobs',
    inspect: 'Inspect',
    inspectJob: (thread: string) => `Inspect the job in “${thread}”`,
    untitled: 'New conversation',
    emptyAll: 'No jobs yet. Each reply is one: write something, and it will be listed here.',
    empty: {
      running: 'Nothing is running.',
      waiting: 'Nothing waits.',
      failed: 'Nothing has failed.',
      stopped: 'Nothing was stopped.',
      done: 'Nothing is done yet.',
    },
    close: 'Close the inspector',
  },

  troubles,
} as const
