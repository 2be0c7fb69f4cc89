import { describe, expect, it } from 'vitest'
import { type OfferFacts, offerTools } from './offerTools.ts'
import { MOST_TOOLS, prepareTools } from './prepareTools.ts'
import { type Registry, registry } from './tools/registry.ts'
import { foreignTools } from './tools/test/foreignTools.ts'

const many: Registry = new Map([...registry.values(), ...foreignTools].map((one) => [one.name, one]))

const planFor = (message: string) => prepareTools({ message, recentTools: [], settings: {}, hasMemory: true }, many)

const steer = (text: string) => ({ messageId: 'm', text })

type Step = OfferFacts['committed'][number]

/** A model step that called these, and what it was told before. */
const step = (calls: string[], ...texts: string[]): Step => ({
  step: 'model-0',
  kind: 'model',
  text: '',
  steered: texts.map(steer),
  result: {
    kind: 'model',
    finishReason: 'tool-calls',
    model: 'm',
    toolCalls: calls.map((name, position) => ({ position, id: name, name, input: '{}' })),
  },
})

const offer = (planned: string[], texts: string[], over: Partial<OfferFacts> = {}) =>
  offerTools(planned, { committed: [], toolSettings: {}, memoryOn: true, ...over }, texts.map(steer), many)

const rain = 'rain, storm, umbrella and temperature: the weather forecast of tomorrow, today and the weekend'

describe('a step that takes a message in', () => {
  it('offers what the message asks for, in the place of what fits the reply least', () => {
    const planned = planFor(rain)
    expect(planned).toHaveLength(MOST_TOOLS)
    expect(planned).not.toContain('renameThread')
    const offered = offer(planned, ['and rename this chat to Taxes'])
    expect(offered).toContain('renameThread')
    expect(offered).toHaveLength(MOST_TOOLS)
    expect(new Set(offered).size).toBe(MOST_TOOLS)
    // What fits best stays, and in its place.
    expect(offered.slice(0, 6)).toEqual(planned.slice(0, 6))
  })

  it('offers it in the later steps too, which were not told of it anew', () => {
    const told = { committed: [step(['currentTime'], 'and rename this chat to Taxes')] }
    expect(offer(planFor(rain), [], told)).toContain('renameThread')
  })

  it('keeps what the reply has called, and what the message asks for as well', () => {
    const planned = planFor(rain)
    const [least = ''] = planned.slice(-1)
    const full = `rename this chat, refund the payment, translate this text, play jazz on Spotify, run an sql query, track my parcel`
    const offered = offer(planned, [`${full}, and ${planned.at(-2)}`], { committed: [step([least])] })
    expect(offered).toEqual(expect.arrayContaining([least, planned.at(-2), 'renameThread']))
    expect(offered).toHaveLength(MOST_TOOLS)
    expect(offered.filter((name) => !planned.includes(name))).toHaveLength(MOST_TOOLS / 2)
  })

  it('keeps one that an earlier message brought and that was called since', () => {
    const committed = [step(['uuid_generate'], 'call uuid_generate')]
    const full = 'refund the payment, translate this text, play jazz on Spotify, run an sql query, track my parcel'
    expect(offer(planFor(rain), [full], { committed })).toContain('uuid_generate')
  })

  it('adds where there is room, and nothing that the person has forbidden', () => {
    expect(offer(['wait'], ['rename this chat'])).toEqual(expect.arrayContaining(['wait', 'renameThread']))
    const forbidden = { toolSettings: { renameThread: 'never' as const } }
    expect(offer(['wait'], ['rename this chat, use renameThread'], forbidden)).not.toContain('renameThread')
    expect(offer(['wait'], ['remember that I like rain'], { memoryOn: false })).not.toContain('remember')
  })

  it('is the plan itself when nothing was taken in, when nothing fits, and for a model that calls no tools', () => {
    const planned = planFor(rain)
    expect(offer(planned, [])).toEqual(planned)
    expect(offer(planned, ['hm'])).toEqual(planned)
    expect(offer([], ['rename this chat'])).toEqual([])
  })
})
