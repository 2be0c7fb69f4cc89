// The words of the composer's commands, loaded with their list. Square brackets: what is selected, to be written over.
export const slashStrings = {
  name: 'Commands',
  count: (count: number) => (count === 1 ? '1 command' : `${count} commands`),
  keys: '↑ ↓ choose, Enter takes, Esc closes',
  now: 'now',
  commands: {
    wait: { about: 'Sleep, and come back by itself', fill: 'wait [20 seconds] then say welcome back' },
    ask: {
      about: 'Be asked, and answer when you like',
      fill: 'ask me [what to do next] with choices go on | stop here',
    },
    schedule: { about: 'Do it later, or again and again', fill: 'at [18:00] do tell me the time' },
    remember: { about: 'Save a fact for all chats', fill: 'remember [I cook for two]' },
    recall: { about: 'Look among the saved facts', fill: 'recall [what I cook]' },
    search: { about: 'Look in all your chats', fill: 'search my chats for [words]' },
    read: { about: 'Read a page of the web', fill: 'read [https://example.com]' },
    new: { about: 'Begin a new chat', fill: '' },
    model: { about: 'Who answers the next message', fill: '/model ' },
    policy: { about: 'What a message does to a running reply', fill: '/policy ' },
  },
} as const
