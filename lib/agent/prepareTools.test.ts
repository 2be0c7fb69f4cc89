import { describe, expect, it } from 'vitest'
import { declareTools, MOST_TOOLS, prepareTools, type ToolWishes } from './prepareTools.ts'
import { type Registry, registry } from './tools/registry.ts'
import { foreignTools } from './tools/test/foreignTools.ts'

const many: Registry = new Map([...registry.values(), ...foreignTools].map((one) => [one.name, one]))

const offer = (message: string, over: Partial<ToolWishes> = {}, from = many) =>
  prepareTools({ message, recentTools: [], settings: {}, hasMemory: true, ...over }, from)

const prompts: readonly [string, string][] = [
  ['What time is it in Tokyo?', 'currentTime'],
  ['which day of the week is today', 'currentTime'],
  ['It is 15:30 in Berlin. What time is that in New York?', 'convertTime'],
  ['convert 9 am San Francisco to London time', 'convertTime'],
  ['what is 17% of 2,340?', 'calculate'],
  ['Compute sqrt(2) * 12 for me', 'calculate'],
  ['Please read https://example.com/post and tell me the gist', 'readPage'],
  ['what does the website www.example.org say about prices', 'readPage'],
  ['Did we talk about the garden fence in another chat?', 'searchThreads'],
  ['find the conversation where I asked about visas', 'searchThreads'],
  ['Remember that I am allergic to nuts', 'remember'],
  ['from now on know that my sister is called Mara', 'remember'],
  ['What do you know about my diet?', 'recall'],
  ['forget what I told you about my job', 'forget'],
  ['rename this chat to Taxes 2026', 'renameThread'],
  ['give this conversation a better title', 'renameThread'],
  ['open the chat about Lisbon', 'openThread'],
  ['wait ten minutes, then go on', 'wait'],
  ['check again in an hour', 'wait'],
  ['ask me three questions before you begin', 'askUser'],
  ['Remind me tomorrow at 9 to call the bank', 'scheduleTask'],
  ['every Monday morning, summarise the plan for the week', 'scheduleTask'],
  ['which tasks have I scheduled?', 'listSchedules'],
  ['list my reminders', 'listSchedules'],
  ['pause the daily reminder', 'changeSchedule'],
  ['stop the weekly recurring summary', 'changeSchedule'],
  ['Book a meeting with Ana on Friday', 'calendar_create_event'],
  ['send an email to Bob that I am late', 'mail_send'],
  ['will it rain in Paris this weekend?', 'weather_forecast'],
  ['add a lead for Acme to the CRM', 'crm_create_lead'],
  ['show me the diff between main and my branch', 'git_diff'],
  ['open an issue on GitHub about the crash', 'github_create_issue'],
  ['post in the Slack channel that we are live', 'slack_post_message'],
  ['play some jazz on Spotify', 'spotify_play'],
  ['translate this text into Spanish', 'translate_text'],
  ['track my parcel', 'parcel_track'],
  ['how is the ACME stock doing?', 'stocks_quote'],
  ['turn off the lights in the kitchen', 'home_lights'],
  ['run an sql query that counts the users', 'sql_query'],
  ['refund the payment of customer 77', 'stripe_refund'],
]

describe('out of two hundred tools', () => {
  it('there are two hundred', () => {
    expect(many.size).toBe(200)
  })

  it.each(prompts)('“%s” is offered %s', (message, name) => {
    const offered = offer(message)
    expect(offered).toContain(name)
    expect(offered.length).toBeLessThanOrEqual(MOST_TOOLS)
  })

  it('no prompt gets more than twelve, also one that is full of their words', () => {
    const everything = [...many.values()].map(({ description }) => description).join(' ')
    for (const message of [everything, 'x'.repeat(100_000), '', '🦊', '\u0000\ud800', [...many.keys()].join(' ')]) {
      expect(offer(message).length, message.slice(0, 20)).toBeLessThanOrEqual(MOST_TOOLS)
    }
  })

  it('those that ask, wait and schedule are offered when nothing else fits, in whatever language', () => {
    for (const message of ['', 'hm', 'Bitte erkläre mir die Quantenmechanik', '量子力学を説明してください']) {
      expect(offer(message).slice(0, 3), message).toEqual(['askUser', 'wait', 'scheduleTask'])
    }
  })

  it('one that is named is offered whatever else fits better, and so is one that was just used', () => {
    const rain = 'rain, storm, umbrella and temperature: the weather forecast of tomorrow, today and the weekend'
    expect(offer(rain)).not.toContain('uuid_generate')
    expect(offer(`${rain}. Then call uuid_generate.`)[0]).toBe('uuid_generate')
    expect(offer(`${rain}. Then \`UUID_generate\`!`)[0]).toBe('uuid_generate')
    expect(offer('and tomorrow?', { recentTools: ['trains_search', 'removedByADeploy'] })[0]).toBe('trains_search')
  })

  it('what the person has switched off is not offered, even by name', () => {
    const message = 'what time is it? use currentTime'
    expect(offer(message)).toContain('currentTime')
    expect(offer(message, { settings: { currentTime: 'never' }, recentTools: ['currentTime'] })).not.toContain(
      'currentTime',
    )
    expect(offer(message, { settings: { currentTime: 'ask' } })).toContain('currentTime')
  })

  it('nothing is remembered for a person who wants no memory', () => {
    const message = 'remember this, recall that, forget the rest'
    expect(offer(message)).toEqual(expect.arrayContaining(['remember', 'recall', 'forget']))
    for (const name of ['remember', 'recall', 'forget'])
      expect(offer(message, { hasMemory: false })).not.toContain(name)
  })

  it('the choice is the same each time and does not depend on the order of the registry', () => {
    const turned: Registry = new Map([...many].toReversed())
    for (const [message] of prompts) expect(offer(message, {}, turned), message).toEqual(offer(message))
  })
})

describe('the request', () => {
  it('declares at most twelve tools, each once, and never one that the SDK could run by itself', () => {
    const names = [...many.keys()]
    const declared = declareTools(['removedByADeploy', 'currentTime', 'currentTime', ...names], many)
    expect(Object.keys(declared)).toHaveLength(MOST_TOOLS)
    expect(Object.keys(declared)[0]).toBe('currentTime')
    for (const one of Object.values(declared)) expect(one).not.toHaveProperty('execute')
  })
})
