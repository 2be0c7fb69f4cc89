// Which panes a person had open on this device when they left: where the front door leads.
import { parseLayout, printLayout } from './paneRoute.ts'

const keyOf = (ownerId: string) => `nightshift:layout:${ownerId}`
type Store = Pick<Storage, 'getItem' | 'setItem'>

export function keepLastLayout(storage: Store, ownerId: string, address: string): void {
  storage.setItem(keyOf(ownerId), address)
}

/** As an address of ours, whatever is stored. */
export function readLastLayout(storage: Store, ownerId: string): string {
  const [path = '', search = ''] = (storage.getItem(keyOf(ownerId)) ?? '').split('?')
  return printLayout(parseLayout(path, search, ''))
}
