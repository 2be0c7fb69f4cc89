import { expect, it } from 'vitest'
import { strings } from '../../../components/strings.ts'
import { parseTools } from '../../../panes/settings/parseTools.ts'
import { GET } from './route.ts'

it('lists every tool with its default as the settings read it, and each has words for people', async () => {
  const tools = parseTools(await GET().json())
  expect(tools.find(({ name }) => name === 'forget')).toMatchObject({ permission: 'ask' })
  expect(new Set(tools.map(({ name }) => name))).toEqual(new Set(Object.keys(strings.settings.tools.about)))
})
