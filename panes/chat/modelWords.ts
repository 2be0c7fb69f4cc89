// A model in words: what it can do and what it costs. Pure.
import type { ModelCard } from '../../components/BrowserSettings.tsx'
import { strings } from '../../components/strings.ts'
import { formatMicros } from '../../lib/chat/formatMicros.ts'

const say = strings.model

/** `tools · reasoning · $0.15 in, $0.60 out per million tokens`. */
export function modelWords({ tools, reasoning, price }: ModelCard): string {
  return [tools ? say.tools : say.noTools, ...(reasoning ? [say.reasoning] : []), priceWords(price)].join(' · ')
}

function priceWords(price: ModelCard['price']): string {
  if (price === undefined) return say.priceUnknown
  if (price.inputMicros === 0 && price.outputMicros === 0) return say.free
  return say.price(formatMicros(price.inputMicros), formatMicros(price.outputMicros))
}

/** A model that is no longer on offer keeps its name. */
export function labelOf(models: readonly ModelCard[], id: string): string {
  return models.find((model) => model.id === id)?.label ?? id
}
