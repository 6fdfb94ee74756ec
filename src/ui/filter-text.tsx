// The field of a filter bar for text: the same lens, focus and key cap over every list.
import type { ComponentProps } from 'react'
import { Key } from '#src/ui/key.tsx'
import './filter-text.css'

interface FilterTextProps extends ComponentProps<'input'> {
  /** The key that leads here, as printed. */
  cap?: string | undefined
  /** Why what is written cannot be looked for. */
  fault?: string | undefined
}

/** `aria-label` names it. */
export function FilterText({ cap, fault, ...input }: FilterTextProps) {
  return (
    <label className="filter-text" data-fault={fault === undefined ? undefined : true} title={fault}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M7 2.5a4.5 4.5 0 1 0 .01 0M10.4 10.4 14 14" />
      </svg>
      <input
        {...input}
        aria-invalid={fault !== undefined || undefined}
        autoComplete="off"
        spellCheck={false}
      />
      <Key>{cap}</Key>
    </label>
  )
}
