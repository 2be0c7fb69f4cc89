import { expect, test } from 'vitest'
import { focusableCode, type MarkupNode } from './focusableCode.ts'

const code = (): MarkupNode => ({ type: 'element', tagName: 'code', properties: { className: ['language-ts'] } })
const element = (tagName: string, child: MarkupNode): MarkupNode => ({ type: 'element', tagName, children: [child] })

test('a block of code can be reached by keyboard, however deep it stands', () => {
  const block = code()
  focusableCode()({ type: 'root', children: [element('li', element('pre', block))] })
  expect(block.properties).toEqual({ className: ['language-ts'], tabIndex: 0, role: 'group', ariaLabel: 'Code' })
})

test('code within a line is left as it is', () => {
  const inline = code()
  focusableCode()({ type: 'root', children: [element('p', inline)] })
  expect(inline.properties).toEqual({ className: ['language-ts'] })
})
