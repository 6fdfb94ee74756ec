// What is due by the clock while the reader scrolls: it waits, and not for ever.
import { expect, test } from 'vitest'
import { call, setUpDesk } from '#tests/src/floor/desk-rig.ts'

/** The reader scrolls for `ms`, a row every 50 ms. */
function scrollFor(rig: ReturnType<typeof setUpDesk>, ms: number, from = 0): void {
  for (let passed = 50; passed <= ms; passed += 50) {
    rig.desk.ask({ from: from + passed / 50, to: from + passed / 50 + 20 })
    rig.clock.tick(50)
  }
}
const fiveHundred = Array.from({ length: 500 }, (_, index) => call(`c${String(index).padStart(3, '0')}`))

test('order and figures wait for a reader who scrolls, and come as soon as the rows stand', () => {
  const rig = setUpDesk({ calls: fiveHundred })
  rig.clock.tick(1500)
  scrollFor(rig, 200)
  rig.attend('c100')
  scrollFor(rig, 500, 10)
  const act = () => rig.desk.getState().digest.sums.act
  expect([act(), rig.desk.getState().window.firstId]).toEqual([0, 'c000'])
  expect(rig.desk.row('c100')?.attention?.level).toBe('act')
  expect(rig.desk.getState().window.from).toBe(0)
  rig.clock.tick(250)
  expect([act(), rig.desk.getState().window.firstId]).toEqual([1, 'c100'])
})

test('who scrolls on and on sees figures and an order of at most a second ago', () => {
  const rig = setUpDesk({ calls: fiveHundred })
  rig.clock.tick(1500)
  scrollFor(rig, 500)
  rig.attend('c100')
  scrollFor(rig, 950, 20)
  expect(rig.desk.getState().digest.sums.act).toBe(0)
  scrollFor(rig, 100, 40)
  expect(rig.desk.getState().digest.sums.act).toBe(1)
  scrollFor(rig, 1500, 50)
  expect(rig.desk.getState().window.firstId).toBe('c100')
})

test('what the reader asks for while scrolling is there at once', () => {
  const rig = setUpDesk({ calls: fiveHundred })
  rig.clock.tick(1500)
  rig.attend('c100')
  scrollFor(rig, 500)
  rig.desk.applyOrder()
  expect(rig.desk.getState().window.firstId).toBe('c100')
  expect(rig.desk.getState().digest.sums.act).toBe(1)
})
