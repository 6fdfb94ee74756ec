// Where the keyboard, the open call and the picked ones are among rows that are painted by hand.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { rowHeight, setUp, settings } from '#tests/src/features/live-grid/sheet-rig.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  document.body.replaceChildren()
})

test('the keyboard’s row is the active one, else the first in sight; there is always exactly one', () => {
  const rig = setUp(1000)
  const tabbable = () =>
    rig
      .shown()
      .filter(({ tabIndex }) => tabIndex === 0)
      .map(({ dataset }) => dataset.callId)
  expect(tabbable()).toEqual(['c0'])
  rig.scrollTo(20_000)
  expect(tabbable()).toEqual(['c500'])
  rig.sheet.configure({ ...settings, activeId: 'c502' })
  expect(tabbable()).toEqual(['c502'])
  rig.scrollTo(0)
  expect(tabbable()).toEqual(['c502'])
  rig.sheet.configure({ ...settings, activeId: 'left long ago' })
  expect(tabbable()).toEqual(['c0'])
})

test('the open call’s row is the current one', () => {
  const rig = setUp(5, { openId: 'c2' })
  expect(
    rig
      .shown()
      .filter((row) => row.getAttribute('aria-current') === 'true')
      .map(({ dataset }) => dataset.callId),
  ).toEqual(['c2'])
})

test('picked calls are picked wherever they stand, and after a new order', () => {
  const rig = setUp(5, { picked: new Set(['c1', 'c3']) })
  const picked = () =>
    rig
      .shown()
      .filter((row) => row.getAttribute('aria-selected') === 'true')
      .map(({ dataset }) => dataset.callId)
  expect(picked()).toEqual(['c1', 'c3'])
  rig.reorder(['c3', 'c0', 'c2', 'c1', 'c4'])
  expect(new Set(picked())).toEqual(new Set(['c1', 'c3']))
})

test('a step of the keyboard scrolls its row into view and focuses it, as soon as it is there', () => {
  const rig = setUp(1000)
  rig.hold(true)
  rig.sheet.focusRow(400)
  expect(rig.scroller.scrollTop).toBeGreaterThan(400 * rowHeight - 480)
  expect(document.activeElement).toBe(document.body)
  rig.hold(false)
  expect(document.activeElement).toBe(rig.row('c400'))
  rig.sheet.focusRow(2)
  expect(document.activeElement).toBe(rig.row('c2'))
  expect(rig.scroller.scrollTop).toBeLessThanOrEqual(2 * rowHeight)
})

test('the focus never ends up on another call: it stays with the active row, or goes', () => {
  const rig = setUp(1000)
  rig.sheet.focusRow(3)
  rig.scrollTo(20_000)
  // Nobody told that the row is active: its element was given away.
  expect(document.activeElement).toBe(document.body)
  rig.scrollTo(0)
  rig.sheet.configure({ ...settings, activeId: 'c3' })
  rig.sheet.focusRow(3)
  rig.scrollTo(20_000)
  expect(document.activeElement).toBe(rig.row('c3'))
  rig.reorder([...rig.rows.keys()].toReversed())
  expect(document.activeElement).toBe(rig.row('c3'))
  expect(rig.row('c3')?.getAttribute('aria-rowindex')).toBe('998')
  rig.reorder([...rig.rows.keys()].filter((id) => id !== 'c3'))
  expect(document.activeElement).toBe(document.body)
})

test.each([0, 4, 9, 11])(
  'rows of a standing view are read in their order at once, and no element is moved, with the focus on row %i',
  (focused) => {
    const rig = setUp(12)
    rig.sheet.focusRow(focused)
    const mine = document.activeElement
    const elements = [...rig.host.children]
    const order = ['c7', 'c2', 'c11', 'c0', 'c5', 'c9', 'c1', 'c3', 'c10', 'c4', 'c8', 'c6']
    rig.reorder(order)
    expect(rig.told()).toEqual(order)
    expect([...rig.host.children]).toEqual(elements)
    expect(document.activeElement).toBe(mine)
  },
)

test('rows scrolled in are read in their order too, once the view stands', () => {
  const rig = setUp(1000)
  const before = rig.told()
  for (const top of [4000, 800, 12_000, 11_900]) rig.scrollTo(top)
  expect(rig.told()).not.toEqual(before)
  vi.advanceTimersByTime(400)
  const told = rig.told().map((id) => Number(id.slice(1)))
  expect(told).toEqual([...told].sort((a, b) => a - b))
  expect(new Set(rig.told())).toEqual(new Set(rig.ids()))
})

test('a sheet that is done tells no order', () => {
  const rig = setUp(3)
  expect(rig.told()).toEqual(['c0', 'c1', 'c2'])
  rig.sheet.destroy()
  expect(rig.group.hasAttribute('aria-owns')).toBe(false)
})
