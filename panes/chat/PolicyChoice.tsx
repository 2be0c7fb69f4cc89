'use client'
// What becomes of a message while a reply is being made: three choices, all to be seen at once.
import { clsx } from 'clsx'
import { useId } from 'react'
import { strings } from '../../components/strings.ts'
import type { Policy } from '../../convex/validators.ts'
import { policies } from '../../lib/chat/messagePolicy.ts'
import { policyHints } from './policyHints.ts'

const say = strings.policy

type PolicyChoiceProps = { policy: Policy; choose: (policy: Policy) => void; isSmall?: boolean }

export function PolicyChoice({ policy, choose, isSmall = false }: PolicyChoiceProps) {
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label={say.name}
      className="inline-flex max-w-full items-stretch rounded-full border border-line bg-sunken p-0.5"
    >
      {policies.map((one) => (
        <label
          key={one}
          title={policyHints[one]}
          className={clsx(
            'relative flex cursor-pointer items-center rounded-full text-center whitespace-nowrap text-soft transition-colors select-none hover:text-ink',
            'has-checked:bg-raised has-checked:font-medium has-checked:text-ink has-checked:shadow-[0_1px_3px_var(--shade)]',
            'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-lamp',
            isSmall ? 'min-h-7 px-2.5 text-xs @max-xs:px-1.5' : 'min-h-8 px-3 text-sm',
          )}
        >
          <input
            type="radio"
            name={name}
            value={one}
            checked={policy === one}
            onChange={() => choose(one)}
            // Over the whole label, so that a click, a finger and a screen reader's frame all find it.
            className="absolute inset-0 cursor-pointer appearance-none rounded-full outline-none"
          />
          {say[one]}
        </label>
      ))}
    </div>
  )
}
