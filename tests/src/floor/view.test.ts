import { expect, test } from 'vitest'
import { emptyFilter, nextSort, parseView, writeView } from '#src/floor/view.ts'

test('a view that was sent to a colleague reads back the same', () => {
  const view = {
    filter: {
      ...emptyFilter,
      text: 'boiler & co',
      status: ['ringing', 'escalated'] as const,
      direction: 'outbound' as const,
      businessId: 'b 1',
      mood: 'negative' as const,
      qa: { side: 'below' as const, percent: 60 },
      humanOn: true,
      waiting: true,
      long: true,
    },
    sort: [
      { id: 'qa' as const, desc: true },
      { id: 'started' as const, desc: false },
    ],
    columns: ['qa', 'status', 'from'] as const,
    pinned: ['from', 'qa'] as const,
  }
  const written = writeView(new URLSearchParams('other=1'), view).toString()
  expect(parseView(new URLSearchParams(written))).toEqual(view)
  expect(written).toContain('other=1')
})

test('nonsense in the address is left out, not refused', () => {
  const view = parseView(
    new URLSearchParams('status=dancing&dir=up&qa=lt&sort=-nothing,qa&cols=x&pin=x,qa,qa'),
  )
  expect(view).toEqual({
    filter: emptyFilter,
    sort: [{ id: 'qa', desc: false }],
    columns: null,
    pinned: ['qa'],
  })
})

test('clicks on a head go up, down and off; Shift keeps the other columns', () => {
  const up = nextSort([], 'qa', false)
  expect(up).toEqual([{ id: 'qa', desc: false }])
  expect(nextSort(up, 'qa', false)).toEqual([{ id: 'qa', desc: true }])
  expect(nextSort([{ id: 'qa', desc: true }], 'qa', false)).toEqual([])
  expect(nextSort(up, 'started', true)).toEqual([...up, { id: 'started', desc: false }])
  expect(nextSort(up, 'started', false)).toEqual([{ id: 'started', desc: false }])
})
