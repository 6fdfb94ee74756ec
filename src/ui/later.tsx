// A part of the screen whose code comes later. Once the code is there the part is drawn at once: React's own `lazy` would hold it
// back for 300 ms behind its fallback the first time.
import { type ComponentType, type ReactNode, createElement, useEffect, useState } from 'react'
import { persistently } from '#src/lib/persistently.ts'

export interface Later<P extends object> {
  (props: P & { fallback?: ReactNode }): ReactNode
  /** Fetches the code, so that it is there when the part is wanted. Never rejects. */
  preload(): Promise<unknown>
}

/** A component that shows `fallback`, or nothing, until its code is there. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): Later<P> {
  let Part: ComponentType<P> | null = null
  const fetch = persistently(async () => {
    Part = await load()
  })
  function LaterPart({ fallback = null, ...props }: P & { fallback?: ReactNode }): ReactNode {
    const [, setThere] = useState(Part !== null)
    useEffect(() => {
      let isWanted = true
      void fetch().then(() => {
        if (isWanted) setThere(true)
      })
      return () => {
        isWanted = false
      }
    }, [])
    return Part ? createElement(Part, props as unknown as P) : fallback
  }
  return Object.assign(LaterPart, { preload: fetch })
}
