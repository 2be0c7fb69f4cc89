'use client'
// What this device tells of while nobody looks at the page, kind by kind, and whether the browser lets it.
import { Bell } from 'lucide-react'
import { QuietButton } from '../../components/QuietButton.tsx'
import { Switch } from '../../components/Switch.tsx'
import { settingsStrings } from '../../components/strings/settings.ts'
import { useDeviceChoice } from '../../components/useDeviceChoice.ts'
import { keyOfKind, type NoticeKind, noticeKinds, parseSwitch } from '../notifications/noticeKinds.ts'
import { type Permission, usePermission } from '../notifications/usePermission.ts'
import { SettingsSection } from './SettingsSection.tsx'

const say = settingsStrings.notifications

export function NotificationsSection() {
  const { permission, ask } = usePermission()
  return <NotificationsView permission={permission} ask={() => void ask()} />
}

export function NotificationsView({ permission, ask }: { permission: Permission; ask: () => void }) {
  return (
    <SettingsSection id="notifications" lead={say.lead}>
      <p role="status" className="text-[0.9375rem]">
        {wordsOf[permission]}
      </p>
      {permission === 'default' ? (
        <QuietButton tone="framed" onClick={ask} className="mt-3 min-h-11">
          <Bell size={16} aria-hidden="true" />
          {say.turnOn}
        </QuietButton>
      ) : null}
      {permission === 'granted' ? (
        <>
          <ul className="mt-2">
            {noticeKinds.map((kind) => (
              <li key={kind}>
                <KindSwitch kind={kind} />
              </li>
            ))}
          </ul>
          <p className="mt-1 text-sm text-soft">{say.needsTab}</p>
        </>
      ) : null}
    </SettingsSection>
  )
}

const wordsOf: Record<Permission, string> = {
  default: say.off,
  granted: say.on,
  denied: say.denied,
  unable: say.unable,
}

function KindSwitch({ kind }: { kind: NoticeKind }) {
  const [state, choose] = useDeviceChoice(keyOfKind(kind), parseSwitch)
  return <Switch label={say.kinds[kind]} isOn={state === 'on'} turn={(isOn) => choose(isOn ? 'on' : 'off')} />
}
