// A key cap: every action prints its key where it can be done.

/** Shows the key that does the same, nothing where there is none; screen readers get it from `aria-keyshortcuts` of the control instead. */
export function Key({ children }: { children: string | undefined }) {
  return children === undefined ? null : <kbd aria-hidden="true">{children}</kbd>
}
