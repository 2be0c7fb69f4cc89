// The keys of the workspace, a table for each place where they work.
import { shortcutStrings } from '../../components/strings/shortcuts.ts'
import { Keys } from './Keys.tsx'
import { keyCaps, type ShortcutPlace, shortcutTable } from './shortcutTable.ts'

const { places, labels, or } = shortcutStrings
const order: readonly ShortcutPlace[] = ['everywhere', 'chat', 'panes', 'list', 'palette']

export function ShortcutTables({ isApple }: { isApple: boolean }) {
  return (
    <div className="@container">
      <div className="grid gap-x-10 gap-y-6 @xl:grid-cols-2">
        {order.map((place) => (
          <PlaceTable key={place} place={place} isApple={isApple} />
        ))}
      </div>
    </div>
  )
}

function PlaceTable({ place, isApple }: { place: ShortcutPlace; isApple: boolean }) {
  return (
    <table className="w-full self-start text-sm">
      <caption className="pb-1 text-left text-base font-medium">{places[place]}</caption>
      <tbody>
        {shortcutTable
          .filter((one) => one.place === place)
          .map(({ id, keys }) => (
            <tr key={id} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal text-soft">
                {labels[id]}
              </th>
              <td className="py-1.5 text-right whitespace-nowrap">
                {keys.map((pressed, at) => (
                  <span key={pressed}>
                    {at === 0 ? null : <span className="px-1.5 text-soft">{or}</span>}
                    <Keys caps={keyCaps(pressed, isApple)} />
                  </span>
                ))}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}
