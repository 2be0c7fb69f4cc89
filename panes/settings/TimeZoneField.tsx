'use client'
// A time zone, typed with the browser's list at hand, and the clock there as a check that it is the one that is meant.
import { useId, useState } from 'react'
import { Field } from '../../components/Field.tsx'
import { timeZoneStrings } from '../../components/strings/timeZone.ts'
import { useNow } from '../../components/useNow.ts'
import { localOf } from '../../lib/chat/zonedTime.ts'
import { knownZones, resolveZone } from './timeZones.ts'

type TimeZoneFieldProps = {
  /** As it is typed; resolveZone says what it means. */
  typed: string
  write: (typed: string) => void
  /** What is wrong is said once the person has left the field, or wants to save. */
  isChecked?: boolean
}

export function TimeZoneField({ typed, write, isChecked = false }: TimeZoneFieldProps) {
  const listId = useId()
  // Asked for when it is needed: four hundred names.
  const [zones, setZones] = useState<readonly string[]>([])
  const [isLeft, setLeft] = useState(false)
  const now = useNow(true, 30_000)
  const zone = resolveZone(typed)
  return (
    <Field
      label={timeZoneStrings.name}
      error={zone === null && (isChecked || isLeft) ? timeZoneStrings.notOne : null}
      hint={zone === null ? undefined : timeZoneStrings.now(localOf(now, zone).slice(11, 16))}
    >
      {(control) => (
        <>
          <input
            {...control}
            value={typed}
            onChange={(event) => {
              setLeft(false)
              write(event.target.value)
            }}
            onFocus={() => setZones(knownZones())}
            onBlur={() => {
              setLeft(true)
              if (zone !== null) write(zone)
            }}
            list={listId}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
          <datalist id={listId}>
            {zones.map((known) => (
              <option key={known} value={known} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}
