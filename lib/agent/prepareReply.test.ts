import { describe, expect, it } from 'vitest'
import { completePlan, parsePlan } from './prepareReply.ts'

describe('a plan that was noted', () => {
  it('is read again, also the note of an older deploy', () => {
    const call = { name: 'forget', input: '{}', key: 't/0/0' }
    const noted = { tools: [{ name: 'wait', tokens: 90 }], models: ['a', 'b'], call, history: { messages: 1 } }
    expect(parsePlan(JSON.stringify(noted))).toEqual({ tools: ['wait'], models: ['a', 'b'], call })
    expect(parsePlan('{"tools":["currentTime"],"history":{"messages":1}}')).toEqual({
      tools: ['currentTime'],
      models: [],
    })
  })

  it('is whole, also as Inngest remembers it from an older deploy', () => {
    expect(completePlan({ tools: ['currentTime'] })).toEqual({ tools: ['currentTime'], models: [] })
  })
})
