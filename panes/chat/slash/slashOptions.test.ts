import { expect, test } from 'vitest'
import { isSlash } from './isSlash.ts'
import { slashOptions } from './slashOptions.ts'

const models = [
  { id: 'local', label: 'Local' },
  { id: 'acme/large', label: 'Large' },
]
const facts = { models, model: 'local', policy: 'queue' } as const
const namesOf = (text: string, more = {}) => slashOptions(text, { ...facts, ...more }).map(({ name }) => name)

test('a slash at the start lists every command, and letters after it narrow them down', () => {
  expect(namesOf('/')).toContain('/wait')
  expect(namesOf('/')).toHaveLength(10)
  expect(namesOf('/re')).toEqual(['/remember', '/recall', '/read'])
  expect(namesOf('/RE')).toEqual(['/remember', '/recall', '/read'])
})

test('a text that is no command lists nothing, so that it is sent as it stands', () => {
  expect(namesOf('/etc/hosts')).toEqual([])
  expect(namesOf('/etc/hosts is a file')).toEqual([])
  expect(namesOf('/wait 20 seconds')).toEqual([])
  expect(isSlash('/new\nline')).toBe(false)
  expect(isSlash(' /new')).toBe(false)
})

test('what a command fills in has its variable part selected', () => {
  const [wait] = slashOptions('/wait', facts)
  const act = wait?.act
  if (act?.kind !== 'fill') throw new Error('It fills nothing in.')
  expect(act.text).toBe('wait 20 seconds then say welcome back')
  expect(act.text.slice(act.from, act.to)).toBe('20 seconds')
})

test('a model and a policy are chosen by name, and the one that holds now is marked', () => {
  expect(namesOf('/model ')).toEqual(['Local', 'Large'])
  expect(namesOf('/model lar')).toEqual(['Large'])
  expect(slashOptions('/model lar', facts)[0]?.act).toEqual({ kind: 'model', model: 'acme/large' })
  expect(slashOptions('/policy ', facts).map(({ isCurrent }) => isCurrent)).toEqual([true, false, false])
})

test('where there is one model only there is none to choose', () => {
  const one = { models: models.slice(0, 1) }
  expect(namesOf('/m', one)).toEqual([])
  expect(namesOf('/model ', one)).toEqual([])
})
