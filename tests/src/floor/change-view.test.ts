// What a hand does to the columns and the order of a view.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canMove,
  moveColumn,
  sortBy,
  sortWithout,
  toggleColumn,
  togglePinned,
} from '#src/floor/change-view.ts'
import { emptyView } from '#src/floor/desk.ts'
import { type ColumnId, type GridView, columnIds, parseView, writeView } from '#src/floor/view.ts'

const shown: ColumnId[] = ['status', 'from', 'last_line', 'qa']
const view = (over: Partial<GridView> = {}): GridView => ({ ...emptyView, columns: shown, ...over })

describe('the order', () => {
  const both = [
    { id: 'qa' as const, desc: false },
    { id: 'from' as const, desc: true },
  ]
  test('by one column forgets the others', () =>
    expect(sortBy(both, { id: 'started', desc: true }, false)).toEqual([{ id: 'started', desc: true }]))
  test('then by another keeps the others first', () =>
    expect(sortBy(both, { id: 'started', desc: true }, true)).toEqual([
      ...both,
      { id: 'started', desc: true },
    ]))
  test('turned round keeps its place among the others', () =>
    expect(sortBy(both, { id: 'qa', desc: true }, true)).toEqual([{ id: 'qa', desc: true }, both[1]]))
  test('loses a column that is taken out', () => expect(sortWithout(both, 'qa')).toEqual([both[1]]))
})

describe('a column', () => {
  test('that is shown comes last, and one that is hidden is not kept at the left any more', () => {
    expect(toggleColumn(view(), shown, 'agent').columns).toEqual([...shown, 'agent'])
    const hidden = toggleColumn(view({ pinned: ['from'] }), shown, 'from')
    expect([hidden.columns, hidden.pinned]).toEqual([['status', 'last_line', 'qa'], []])
  })
  test('that is the last one stays', () => {
    const last = view({ columns: ['qa'] })
    expect(toggleColumn(last, ['qa'], 'qa')).toBe(last)
  })
  test('changes places with its neighbour', () => {
    expect(moveColumn(view(), shown, 'qa', -1).columns).toEqual(['status', 'from', 'qa', 'last_line'])
    expect(moveColumn(view(), shown, 'status', 1).columns).toEqual(['from', 'status', 'last_line', 'qa'])
  })
  test('that is kept at the left moves among its own, and the others among theirs', () => {
    const pinned = view({ pinned: ['qa', 'from'] })
    const standing: ColumnId[] = ['qa', 'from', 'status', 'last_line']
    expect(moveColumn(pinned, standing, 'qa', 1).pinned).toEqual(['from', 'qa'])
    expect(moveColumn(pinned, standing, 'last_line', -1).columns).toEqual([
      'qa',
      'from',
      'last_line',
      'status',
    ])
    expect(canMove(pinned, standing, 'from', 1)).toBe(false)
    expect(canMove(pinned, standing, 'status', -1)).toBe(false)
    expect(canMove(pinned, standing, 'status', 1)).toBe(true)
  })
  test('is kept at the left after those that are there, and let go again', () => {
    const one = togglePinned(view({ pinned: ['qa'] }), 'from')
    expect(one.pinned).toEqual(['qa', 'from'])
    expect(togglePinned(one, 'qa').pinned).toEqual(['from'])
  })
})

test('whatever is done to the columns, none is lost or doubled but by hiding it, and the address holds it all', () => {
  const step = fc.record({
    kind: fc.constantFrom('move' as const, 'pin' as const),
    id: fc.constantFrom(...columnIds),
    by: fc.constantFrom(-1 as const, 1 as const),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let now: GridView = { ...emptyView, columns: columnIds }
      for (const { kind, id, by } of steps) {
        const standing = [...now.pinned, ...columnIds.filter((one) => !now.pinned.includes(one))]
        now = kind === 'pin' ? togglePinned(now, id) : moveColumn(now, now.columns ?? standing, id, by)
        expect(new Set(now.columns)).toEqual(new Set(columnIds))
        expect(now.columns).toHaveLength(columnIds.length)
        expect(new Set(now.pinned).size).toBe(now.pinned.length)
      }
      expect(parseView(writeView(new URLSearchParams(), now))).toEqual(now)
    }),
  )
})
