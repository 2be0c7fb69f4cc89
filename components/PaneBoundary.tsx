'use client'
// If one part cannot be drawn, the rest stays. A failed query stays subscribed, so “Try again” is often all it needs.
import { Component, type ReactNode } from 'react'
import { QuietButton } from './QuietButton.tsx'
import { strings } from './strings.ts'

/** `resetKey`: when it changes (signed in again, another thread) the part is tried again by itself. */
type Props = { children: ReactNode; resetKey: string }
type State = { error: Error | null; resetKey: string }

export class PaneBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey }
  }

  override render() {
    if (this.state.error === null) return this.props.children
    return (
      <div role="alert" className="m-auto max-w-sm space-y-3 p-6 text-center">
        <p className="font-serif text-lg font-semibold">{strings.errors.paneTitle}</p>
        <p className="text-sm text-soft">{strings.errors.paneLead}</p>
        <QuietButton tone="framed" onClick={() => this.setState({ error: null })}>
          {strings.actions.tryAgain}
        </QuietButton>
      </div>
    )
  }
}
