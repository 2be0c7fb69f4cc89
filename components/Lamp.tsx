// The mark of a state: lit (round, breathing), held (dashed ring), asks (ring with a core), quiet (square), bad (diamond). Always beside
// words, never alone.
export type LampTone = 'lit' | 'held' | 'asks' | 'quiet' | 'bad'

export function Lamp({ tone }: { tone: LampTone }) {
  return <span aria-hidden="true" className="lamp" data-tone={tone} />
}
