// The rows stand still for whoever points at a call, and for nobody who points at one that has left.
import { beforeEach, expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import { followPointer } from '#src/features/live-grid/follow-pointer.ts'
import { makeCall } from '#tests/support/factories.ts'

let canvas: HTMLElement
beforeEach(() => {
  document.body.replaceChildren()
  canvas = document.createElement('div')
  canvas.innerHTML = '<div data-call-id="a"></div><div data-call-id="b"></div>'
  document.body.append(canvas)
})

function follow() {
  const rows = new Map<string, Call>(['a', 'b'].map((id) => [id, makeCall({ id })]))
  const listeners = new Set<() => void>()
  const said: boolean[] = []
  let now = 0
  const stop = followPointer(
    canvas,
    {
      row: (id) => rows.get(id),
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    (over) => said.push(over),
    () => now,
  )
  return {
    stop,
    leaves: (id: string) => rows.delete(id),
    /** The floor goes on for so long, ms, telling every second. */
    goOn(ms: number) {
      for (let passed = 0; passed <= ms; passed += 1000) {
        for (const listener of listeners) listener()
        if (passed < ms) now += 1000
      }
    },
    pointAt: (id: string, type = 'pointerover') =>
      canvas.querySelector(`[data-call-id="${id}"]`)?.dispatchEvent(new MouseEvent(type, { bubbles: true })),
    isHeld: () => said.at(-1) ?? false,
  }
}

test('a pointer at rest on a call holds the rows for as long as the call is there', () => {
  const floor = follow()
  floor.pointAt('a')
  floor.goOn(60_000)
  expect(floor.isHeld()).toBe(true)
})

test('two seconds after the call under a resting pointer has left, the rows go on', () => {
  const floor = follow()
  floor.pointAt('a')
  floor.leaves('a')
  floor.goOn(1000)
  expect(floor.isHeld()).toBe(true)
  floor.goOn(1000)
  expect(floor.isHeld()).toBe(false)
})

test('a pointer that only passes over what has left holds the rows on', () => {
  const floor = follow()
  floor.leaves('a')
  floor.pointAt('a')
  floor.goOn(1000)
  floor.pointAt('b', 'pointermove')
  floor.goOn(5000)
  expect(floor.isHeld()).toBe(true)
})

test('rows that are taken away hold nothing', () => {
  const floor = follow()
  floor.pointAt('a')
  floor.stop()
  expect(floor.isHeld()).toBe(false)
})
