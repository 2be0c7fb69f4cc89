'use client'
// The page: who is signed in, and what they have open. `sights`: what the server knows of the open threads already.
import { useConvexAuth } from 'convex/react'
import { useState } from 'react'
import { MarkdownOnServer } from '../../components/Markdown.tsx'
import { OutboxProvider } from '../chat/outbox/OutboxProvider.tsx'
import type { ThreadSight } from '../chat/threadSight.ts'
import { SignedOut } from '../offline/SignedOut.tsx'
import { usePerson } from '../offline/usePerson.ts'
import { Frame } from './Frame.tsx'
import { LiveDataProvider } from './LiveDataProvider.tsx'
import { PersonWorkspace } from './PersonWorkspace.tsx'

type WorkspaceProps = { sights?: readonly ThreadSight[] }

const none: readonly ThreadSight[] = []

export function Workspace({ sights = none }: WorkspaceProps) {
  return (
    <LiveDataProvider>
      <MarkdownOnServer>
        <SignedInWorkspace sights={sights} />
      </MarkdownOnServer>
    </LiveDataProvider>
  )
}

function SignedInWorkspace({ sights }: Required<WorkspaceProps>) {
  const person = usePerson()
  const live = useConvexAuth()
  // What the server read for the person it made this page for is nobody else's, whoever signs in later.
  const [madeFor] = useState(person.kind === 'person' ? person.userId : null)
  if (person.kind === 'nobody') return <SignedOut />
  // Until it is known who is here there is nobody to keep an outbox for: the frame alone.
  if (person.kind === 'unknown') return <Frame />
  return (
    <OutboxProvider key={person.userId} ownerId={person.userId} isReady={live.isAuthenticated}>
      <PersonWorkspace
        ownerId={person.userId}
        isReady={live.isAuthenticated}
        sights={person.userId === madeFor ? sights : none}
      />
    </OutboxProvider>
  )
}
