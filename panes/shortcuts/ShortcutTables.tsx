// The keys of the workspace, a table for each place where they work.
import { shortcutStrings } from '../../components/strings/shortcuts.ts'
import { Keys } from './Keys.tsx'
import { keyCaps, type ShortcutPlace, shortcutTable } from './shortcutTable.ts'

const { places, labels, or } = shortcutStrings
const order: readonly ShortcutPlace[] = ['everywhere', 'chat', 'panes', 'list', 'palette']

export function ShortcutTables({ isApple }: { isApple: boolean }) {
  return (
    <div className="space-y-5">
      {order.map((place) => (
        <table key={place} className="w-full text-sm">
          <caption className="pb-1 text-left font-serif text-base font-semibold">{places[place]}</caption>
          <tbody>
            {shortcutTable
              .filter((one) => one.place === place)
              .map(({ id, keys }) => (
                <tr key={id} className="border-t border-line">
                  <th scope="row" className="py-1.5 pr-3 text-left font-normal">
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
      ))}
    </div>
  )
}
