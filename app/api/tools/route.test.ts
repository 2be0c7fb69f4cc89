import { expect, it } from 'vitest'
import { settingsStrings } from '../../../components/strings/settings.ts'
import { parseTools } from '../../../panes/settings/parseTools.ts'
import { GET } from './route.ts'

it('lists every tool with its default as the settings read it, and each has words for people', async () => {
  const tools = parseTools(await GET().json())
  expect(tools.find(({ name }) => name === 'forget')).toMatchObject({ permission: 'ask' })
  expect(new Set(tools.map(({ name }) => name))).toEqual(new Set(Object.keys(settingsStrings.tools.about)))
})
