// The mark of a state: lit (round, breathing), held (dashed ring), quiet (square), bad (diamond). Always beside words, never alone.
export type LampTone = 'lit' | 'held' | 'quiet' | 'bad'

export function Lamp({ tone }: { tone: LampTone }) {
  return <span aria-hidden="true" className="lamp" data-tone={tone} />
}
