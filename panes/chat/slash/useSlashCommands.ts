'use client'
// What the commands of a live composer can choose.
import { useModels } from '../../../components/BrowserSettings.tsx'
import { useWorkspace } from '../../workspace/workspaceContext.ts'
import type { Choices } from '../useChoices.ts'
import type { SlashCommands } from './SlashMenu.tsx'

export function useSlashCommands({ model, policy, chooseModel, choosePolicy }: Choices): SlashCommands {
  const models = useModels()
  const { startNew } = useWorkspace()
  return { models, model, policy, chooseModel, choosePolicy, startNew }
}
