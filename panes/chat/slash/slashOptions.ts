// Which commands fit what is being written after a slash, and what each one does. Pure.
import { slashStrings } from '../../../components/strings/slash.ts'
import { strings } from '../../../components/strings.ts'
import type { Policy } from '../../../convex/validators.ts'
import { policies } from '../../../lib/chat/messagePolicy.ts'
import { policyHints } from '../policyHints.ts'

export type SlashFacts = {
  models: readonly { id: string; label: string }[]
  model: string
  policy: Policy
}

/** fill: the composer's text is this, `from` to `to` of it selected. */
export type SlashAct =
  | { kind: 'fill'; text: string; from: number; to: number }
  | { kind: 'new' }
  | { kind: 'model'; model: string }
  | { kind: 'policy'; policy: Policy }

/** `isCurrent`: it is so already. */
export type SlashOption = { id: string; name: string; about: string; isCurrent: boolean; act: SlashAct }

type CommandName = keyof typeof slashStrings.commands

const names = Object.keys(slashStrings.commands).filter(isCommandName)

function isCommandName(name: string): name is CommandName {
  return name in slashStrings.commands
}

/** None: it is a message that begins with a slash. A command's own choices come after its name and a space. */
export function slashOptions(text: string, facts: SlashFacts): SlashOption[] {
  const found = /^\/(\S*)( ?)(.*)$/.exec(text)
  if (found === null) return []
  const [, name = '', gap = '', rest = ''] = found
  if (gap !== '') return choicesOf(name, facts).filter(({ name: choice }) => fits(choice, rest))
  return names
    .filter((command) => command.startsWith(name.toLowerCase()) && (command !== 'model' || facts.models.length > 1))
    .map((command) => ({
      id: command,
      name: `/${command}`,
      about: slashStrings.commands[command].about,
      isCurrent: false,
      act: command === 'new' ? { kind: 'new' } : fill(slashStrings.commands[command].fill),
    }))
}

function choicesOf(command: string, { models, model, policy }: SlashFacts): SlashOption[] {
  if (command === 'model' && models.length > 1) {
    return models.map(({ id, label }) => ({
      id: `model-${id}`,
      name: label,
      about: label === id ? '' : id,
      isCurrent: id === model,
      act: { kind: 'model', model: id },
    }))
  }
  if (command !== 'policy') return []
  return policies.map((one) => ({
    id: `policy-${one}`,
    name: strings.policy[one],
    about: policyHints[one],
    isCurrent: one === policy,
    act: { kind: 'policy', policy: one },
  }))
}

const fits = (name: string, asked: string) => name.toLowerCase().includes(asked.trim().toLowerCase())

function fill(words: string): SlashAct {
  const from = words.indexOf('[')
  if (from === -1) return { kind: 'fill', text: words, from: words.length, to: words.length }
  const to = words.indexOf(']')
  return {
    kind: 'fill',
    text: words.slice(0, from) + words.slice(from + 1, to) + words.slice(to + 1),
    from,
    to: to - 1,
  }
}
