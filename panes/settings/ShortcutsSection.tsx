'use client'
// Every key the workspace knows.
import { settingsStrings } from '../../components/strings/settings.ts'
import { shortcutStrings } from '../../components/strings/shortcuts.ts'
import { keyCaps, type ShortcutPlace, shortcutTable } from '../shortcuts/shortcutTable.ts'
import { SettingsSection } from './SettingsSection.tsx'

const { places, labels, or } = shortcutStrings
const order: readonly ShortcutPlace[] = ['everywhere', 'chat', 'panes', 'list', 'palette']

export function ShortcutsSection({ isApple }: { isApple: boolean }) {
  return (
    <SettingsSection id="shortcuts" lead={settingsStrings.shortcuts.lead}>
      <div className="grid gap-x-10 gap-y-6 @xl:grid-cols-2">
        {order.map((place) => (
          <Keys key={place} place={place} isApple={isApple} />
        ))}
      </div>
    </SettingsSection>
  )
}

function Keys({ place, isApple }: { place: ShortcutPlace; isApple: boolean }) {
  return (
    <table className="w-full self-start text-sm">
      <caption className="pb-1 text-left text-base font-medium">{places[place]}</caption>
      <tbody>
        {shortcutTable
          .filter((one) => one.place === place)
          .map(({ id, keys }) => (
            <tr key={id} className="border-b border-line">
              <th scope="row" className="py-2 pr-3 text-left font-normal text-soft">
                {labels[id]}
              </th>
              <td className="py-2 text-right whitespace-nowrap">
                {keys.map((pressed, place) => (
                  <span key={pressed}>
                    {place === 0 ? null : <span className="px-1 text-soft">{or}</span>}
                    <Caps caps={keyCaps(pressed, isApple)} />
                  </span>
                ))}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}

function Caps({ caps }: { caps: readonly string[] }) {
  return caps.map((cap) => (
    <kbd
      key={cap}
      className="ml-1 inline-block min-w-6 rounded-md border border-line bg-raised px-1.5 text-center font-sans text-[0.8125rem] first:ml-0"
    >
      {cap}
    </kbd>
  ))
}
