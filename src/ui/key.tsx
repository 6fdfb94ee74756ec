// A key cap: every action prints its key where it can be done.

/** Shows the key that does the same; screen readers get it from `aria-keyshortcuts` of the control instead. */
export function Key({ children }: { children: string }) {
  return <kbd aria-hidden="true">{children}</kbd>
}
