'use client'
// Who is signed in, as Clerk says; what can be changed about it is changed in Clerk's own window, fetched when it is wanted.
import { useClerk, useUser } from '@clerk/nextjs'
import { QuietButton } from '../../components/QuietButton.tsx'
import { settingsStrings } from '../../components/strings/settings.ts'
import { SettingsSection } from './SettingsSection.tsx'

const say = settingsStrings.profile

export function ProfileSection() {
  const { user } = useUser()
  const { openUserProfile } = useClerk()
  const person = user && {
    name: user.fullName ?? '',
    email: user.primaryEmailAddress?.emailAddress ?? '',
    picture: user.hasImage ? user.imageUrl : null,
  }
  return <ProfileView person={person ?? null} manage={() => openUserProfile()} />
}

export type Profile = { name: string; email: string; picture: string | null }

export function ProfileView({ person, manage }: { person: Profile | null; manage: () => void }) {
  return (
    <SettingsSection id="profile" lead={say.lead}>
      {person === null ? (
        <p role="status" className="text-sm text-soft">
          {say.loading}
        </p>
      ) : (
        <div className="flex flex-wrap items-center gap-4">
          <Picture {...person} />
          <div className="min-w-0 flex-1 basis-48">
            <p dir="auto" className="text-lg font-medium wrap-anywhere">
              {person.name === '' ? <span className="text-soft">{say.noName}</span> : person.name}
            </p>
            <p className="text-sm text-soft wrap-anywhere">{person.email}</p>
          </div>
          <QuietButton tone="framed" aria-haspopup="dialog" onClick={manage} className="min-h-11">
            {say.manage}
          </QuietButton>
        </div>
      )}
    </SettingsSection>
  )
}

/** Whoever has none gets their initial. */
function Picture({ name, email, picture }: Profile) {
  if (picture !== null) {
    // biome-ignore lint/performance/noImgElement: Clerk serves it in the size that is shown
    return <img src={picture} alt={say.picture} width={56} height={56} className="size-14 rounded-full object-cover" />
  }
  const [initial = ''] = [...(name || email)]
  return (
    <span
      aria-hidden="true"
      className="grid size-14 place-items-center rounded-full bg-lamp-wash font-serif text-2xl font-semibold text-lamp uppercase"
    >
      {initial}
    </span>
  )
}
