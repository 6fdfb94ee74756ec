// The one button of the console, with its key cap inside and a busy state that keeps its place.
import type { ComponentProps, ReactNode } from 'react'
import { Key } from '#src/ui/key.tsx'

interface ButtonProps extends ComponentProps<'button'> {
  kind?: 'plain' | 'primary' | 'danger' | 'quiet'
  /** The key that does the same, as printed. */
  cap?: string | undefined
  /** A command is under way: a second press does nothing. */
  busy?: boolean | undefined
  children?: ReactNode
}

/** A button that stays focusable while busy, so that the focus is not lost when the answer comes. */
export function Button({ kind = 'plain', cap, busy, children, onClick, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`btn btn-${kind} ${className ?? ''}`}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled'] || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {children}
      {cap && <Key>{cap}</Key>}
    </button>
  )
}
