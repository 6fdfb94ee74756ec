// Somebody is about to use something: pointer or focus stay on it. A pointer that only passes over it is nobody's wish.
import { useRef } from 'react'

/** How long a pointer or the focus stays until it rests, ms. */
const restMs = 80

interface RestHandlers {
  onPointerEnter: () => void
  onPointerLeave: () => void
  onPointerDown: () => void
  onFocus: () => void
  onBlur: () => void
}

/** Calls `act` when pointer or focus rest on the element that gets the handlers, and at once when it is pressed. */
export function useRest(act: () => void): RestHandlers {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const leave = () => clearTimeout(timer.current)
  const come = () => {
    leave()
    timer.current = setTimeout(act, restMs)
  }
  return { onPointerEnter: come, onFocus: come, onPointerLeave: leave, onBlur: leave, onPointerDown: act }
}
