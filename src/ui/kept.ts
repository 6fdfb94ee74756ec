// What is written and not sent outlives the part it was written in: another call, another page, a folded form, a reload.
import { type Dispatch, type SetStateAction, useContext, useEffect, useState } from 'react'
import { KeptOwner, keptOnPage, keptPrefix } from '#src/ui/kept-owner.ts'

/**
 * State that is found again under its key, by the same person in this tab until they sign out. A component that lives on
 * with another key must be given that as React's key too.
 */
export function useKept<T>(key: string, first: T): [T, Dispatch<SetStateAction<T>>] {
  const name = `${keptPrefix}${useContext(KeptOwner)}/${key}`
  const [start] = useState(first)
  const [value, setValue] = useState<T>(() => (read(name) as T | undefined) ?? first)
  useEffect(() => write(name, value === start ? undefined : value), [name, value, start])
  return [value, setValue]
}

/** Like `useKept`, but it does not outlive the page: for what was read, and not written by the person. */
export function useKeptOnPage<T>(key: string, first: T): [T, Dispatch<SetStateAction<T>>] {
  const name = `${keptPrefix}${useContext(KeptOwner)}/${key}`
  const [value, setValue] = useState<T>(() => (keptOnPage.has(name) ? (keptOnPage.get(name) as T) : first))
  useEffect(() => void keptOnPage.set(name, value), [name, value])
  return [value, setValue]
}

function read(name: string): unknown {
  try {
    const text = sessionStorage.getItem(name)
    return text ? JSON.parse(text) : keptOnPage.get(name)
  } catch {
    return keptOnPage.get(name)
  }
}

/** Undefined forgets it. */
function write(name: string, value: unknown): void {
  keptOnPage.delete(name)
  try {
    if (value === undefined) sessionStorage.removeItem(name)
    else sessionStorage.setItem(name, JSON.stringify(value))
  } catch {
    // Full, or forbidden: it does not outlive the page.
    keptOnPage.set(name, value)
  }
}
