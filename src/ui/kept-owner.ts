// Whose is what is written and not sent, and the end of it: all that has to be there before somebody writes.
import { createContext } from 'react'

/** Stands before everything that is kept; another number when its shapes change. */
export const keptPrefix = 'callboard.kept.1/'

/** The person whose console this is, with their company; null keeps nothing. */
export const KeptOwner = createContext<string | null>(null)

/** What is kept for as long as the page is there, by name. */
export const keptOnPage = new Map<string, unknown>()

/** Forgets what people have written and not sent, but for those of `owner`; it may hold what callers said. */
export function forgetKept(owner?: string): void {
  const isForgotten = (name: string): boolean =>
    name.startsWith(keptPrefix) && !name.startsWith(`${keptPrefix}${owner}/`)
  for (const name of [...keptOnPage.keys()]) if (isForgotten(name)) keptOnPage.delete(name)
  try {
    for (const name of Object.keys(sessionStorage)) if (isForgotten(name)) sessionStorage.removeItem(name)
  } catch {
    // A browser that stores nothing has nothing to forget.
  }
}
