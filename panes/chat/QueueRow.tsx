// One message that waits: its words, what becomes of it, and what can be done.
import { clsx } from 'clsx'
import { ArrowDown, ArrowUp, CornerDownLeft, type LucideIcon, Pencil, SendHorizontal, X } from 'lucide-react'
import { queueStrings } from '../../components/strings/queue.ts'
import { InlineEditor } from './InlineEditor.tsx'
import type { QueueItem } from './listQueue.ts'
import type { QueueDoings } from './useQueue.ts'

export type QueueAct = (
  name: 'send' | 'up' | 'down' | 'steer' | 'remove',
  item: QueueItem,
  work: () => Promise<unknown>,
) => void

type QueueRowProps = {
  item: QueueItem
  doings: QueueDoings
  act: QueueAct
  /** The words it is being given; null: it is not being reworded. */
  edited: string | null
  edit: (text: string) => void
  leave: () => void
  save: (text: string) => void
}

const say = queueStrings

export function QueueRow({ item, edited, edit, leave, save, ...rest }: QueueRowProps) {
  return (
    <li data-row-id={item.messageId} data-message-id={item.messageId} className="px-4 py-1.5">
      {edited === null ? (
        <div className="flex flex-wrap items-center gap-x-2">
          <Words item={item} />
          <Buttons item={item} edit={() => edit(item.text)} {...rest} />
        </div>
      ) : (
        <InlineEditor
          name={say.editName}
          text={edited}
          write={edit}
          save={() => save(edited)}
          saveLabel={say.save}
          cancel={leave}
          cancelLabel={say.cancel}
        />
      )}
    </li>
  )
}

function Words({ item }: { item: QueueItem }) {
  const notes = notesOf(item)
  return (
    <div className="min-w-0 flex-1 basis-52 py-1 text-sm leading-snug">
      <p dir="auto" className="line-clamp-2 whitespace-pre-line wrap-anywhere">
        {item.text}
      </p>
      {notes === '' ? null : <p className="text-xs text-soft">{notes}</p>}
    </div>
  )
}

function notesOf({ kind, isSteer, isElsewhere, isHeld }: QueueItem): string {
  const kinds = { message: null, again: say.again, schedule: say.schedule, leaving: say.leaving }
  const notes = [
    kinds[kind],
    isSteer ? say.willSteer : null,
    isHeld ? say.held : null,
    isElsewhere ? say.elsewhere : null,
  ]
  return notes.filter((note) => note !== null).join(' · ')
}

type ButtonsProps = { item: QueueItem; doings: QueueDoings; act: QueueAct; edit: () => void }

function Buttons({ item, doings, act, edit }: ButtonsProps) {
  const { messageId, up, down, isSteer } = item
  return (
    <div className="-mr-2 ml-auto flex items-center">
      {item.maySteer ? (
        <RowButton
          act="steer"
          label={say.steer}
          icon={CornerDownLeft}
          isPressed={isSteer}
          press={() => act('steer', item, () => doings.steer(messageId, !isSteer))}
        />
      ) : null}
      {item.maySendNow ? (
        <RowButton
          act="send"
          label={say.sendNow}
          title={say.sendNowHint}
          icon={SendHorizontal}
          press={() => act('send', item, () => doings.sendNow(messageId))}
        />
      ) : null}
      {up === undefined && down === undefined ? null : (
        <>
          <RowButton
            act="up"
            label={say.up}
            icon={ArrowUp}
            isOff={up === undefined}
            press={() => up !== undefined && act('up', item, () => doings.move(messageId, up))}
          />
          <RowButton
            act="down"
            label={say.down}
            icon={ArrowDown}
            isOff={down === undefined}
            press={() => down !== undefined && act('down', item, () => doings.move(messageId, down))}
          />
        </>
      )}
      {item.mayEdit ? <RowButton act="edit" label={say.edit} icon={Pencil} press={edit} /> : null}
      <RowButton
        act="remove"
        label={say.remove}
        icon={X}
        press={() => act('remove', item, () => doings.remove(messageId))}
      />
    </div>
  )
}

type RowButtonProps = {
  act: string
  label: string
  title?: string
  icon: LucideIcon
  isPressed?: boolean
  /** Not disabled: a disabled button loses the focus. */
  isOff?: boolean
  press: () => void
}

function RowButton({ act, label, title = label, icon: Icon, isPressed, isOff = false, press }: RowButtonProps) {
  return (
    <button
      type="button"
      data-act={act}
      aria-label={label}
      title={title}
      aria-pressed={isPressed}
      aria-disabled={isOff}
      onClick={press}
      className={clsx(
        'grid size-9 place-items-center rounded-full transition-colors hover:bg-hover hover:text-ink aria-disabled:opacity-40',
        isPressed === true ? 'bg-lamp-wash text-ink' : 'text-soft',
      )}
    >
      <Icon size={15} aria-hidden="true" />
    </button>
  )
}
