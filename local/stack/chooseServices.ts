/** Reads the environment: which services are the real ones, which are the stand-ins, and which mixtures cannot work. Pure. */
import { StackError } from './stackError.ts'

export type Settings = Record<string, string | undefined>
export type Choice = 'local' | 'real'

export interface Services {
  clerk: Choice
  convex: Choice
  inngest: Choice
  model: Choice
  /** What the table says about the model: a provider's name, or the local one. */
  modelName: string
}

/** In the order in which the product looks for them: the first that is set is used. */
export const modelProviders = [
  { variable: 'AI_GATEWAY_API_KEY', name: 'AI Gateway' },
  { variable: 'OPENAI_API_KEY', name: 'OpenAI' },
  { variable: 'ANTHROPIC_API_KEY', name: 'Anthropic' },
  { variable: 'GOOGLE_GENERATIVE_AI_API_KEY', name: 'Google' },
  { variable: 'OPENAI_COMPATIBLE_BASE_URL', name: 'OpenAI-compatible endpoint' },
] as const

const isSet = (settings: Settings, name: string) => (settings[name] ?? '') !== ''

/** All or none of a service's variables: half of them is a mistake worth a sentence. */
function chooseByAll(settings: Settings, service: string, names: string[], problems: string[]): Choice {
  const missing = names.filter((name) => !isSet(settings, name))
  if (missing.length === names.length) return 'local'
  if (missing.length > 0) {
    const given = names.filter((name) => isSet(settings, name))
    problems.push(
      `${given.join(' and ')} set, ${missing.join(' and ')} not: real ${service} needs both. Set the missing one, or remove the other to use the local ${service}.`,
    )
  }
  return 'real'
}

export function isLoopbackUrl(url: string): boolean {
  try {
    const { hostname } = new URL(url)
    return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)
  } catch {
    return false // Not a URL at all: `doctor` says so with the variable's name.
  }
}

export const readConvexUrl = (settings: Settings) => settings['CONVEX_URL'] || settings['NEXT_PUBLIC_CONVEX_URL'] || ''

export function chooseServices(settings: Settings): Services {
  const problems: string[] = []
  const clerkNames = ['NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY', 'CLERK_SECRET_KEY']
  const clerk = chooseByAll(settings, 'Clerk', clerkNames, problems)
  const inngest = chooseByAll(settings, 'Inngest', ['INNGEST_EVENT_KEY', 'INNGEST_SIGNING_KEY'], problems)
  const convexUrl = readConvexUrl(settings)
  const convex: Choice = convexUrl === '' ? 'local' : 'real'
  if (convex === 'real' && clerk === 'local') {
    problems.push(
      `CONVEX_URL points at a real Convex, but Clerk is the local stand-in: Convex cannot fetch its keys, so nobody could sign in. Set ${clerkNames.join(' and ')} as well, or remove CONVEX_URL.`,
    )
  }
  if (convex === 'real' && inngest === 'local' && !isLoopbackUrl(convexUrl)) {
    problems.push(
      'CONVEX_URL points at a Convex elsewhere, but Inngest is the local stand-in, which it cannot reach: queued messages would never start. Set INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY as well, or remove CONVEX_URL.',
    )
  }
  if (problems.length > 0) throw new StackError(problems.join('\n'))
  const provider = modelProviders.find(({ variable }) => isSet(settings, variable))
  const modelId = settings['MODELS'] || settings['MODEL']
  return {
    clerk,
    convex,
    inngest,
    model: provider ? 'real' : 'local',
    modelName: provider
      ? `${provider.name}${modelId ? `, ${modelId}` : ''}`
      : 'built-in scripted assistant (no key set)',
  }
}
