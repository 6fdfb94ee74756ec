// The page is told what became of the floor's figures and lists, and ends with what the worker has.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FloorDigest } from '#src/floor/floor-digest.ts'
import { emptyDesk } from '#src/floor/desk.ts'
import {
  type DigestNews,
  newsOfDigest,
  newsOfList,
  withDigestNews,
  withListNews,
} from '#src/worker/digest-news.ts'
import { makeAlert, makeFrame } from '#tests/support/factories.ts'
import { openFloor } from '#tests/src/worker/worker-rig.ts'

interface Item {
  id: string
  value: number
}
const idOf = ({ id }: Item): string => id
const items = fc.uniqueArray(fc.record({ id: fc.constantFrom(...'abcdefghijklmnop'), value: fc.nat(3) }), {
  selector: idOf,
  maxLength: 12,
})
/** As the worker has them: what did not change is the same object. */
const kept = (next: readonly Item[], before: readonly Item[]): Item[] =>
  next.map((item) => before.find(({ id, value }) => id === item.id && value === item.value) ?? item)

describe('a list', () => {
  test('whatever becomes of it, the news of it lead to the same list, and nothing is told that stayed', () => {
    fc.assert(
      fc.property(items, items, (before, given) => {
        const next = kept(given, before)
        // Told by messages, so that the page has copies.
        const onPage = structuredClone(before)
        const news = structuredClone(newsOfList(next, before, idOf))
        const result = withListNews(onPage, news, idOf)
        expect(result).toEqual(next)
        const told = new Set(news.placed.map(([, { id }]) => id))
        for (const item of result) if (!told.has(item.id)) expect(onPage).toContain(item)
      }),
    )
  })

  test('one that only lost some and got some tells those alone', () => {
    const before = ['a', 'b', 'c', 'd'].map((id) => ({ id, value: 0 }))
    const [a, , c, d] = before as [Item, Item, Item, Item]
    const changed = { ...c, value: 1 }
    const fresh = { id: 'e', value: 0 }
    expect(newsOfList([fresh, a, changed, d], before, idOf)).toEqual({
      dropped: ['b'],
      placed: [
        [0, fresh],
        [2, changed],
      ],
    })
    expect(newsOfList([a, c, d], before, idOf)).toEqual({ dropped: ['b'], placed: [] })
  })
})

test('parts of the digest that did not change are not told, and keep their identity', () => {
  const told: FloorDigest = { ...emptyDesk.digest, acts: [{ id: 'a', words: 'Ana: Silence' }] }
  expect(newsOfDigest(told, told)).toBeNull()
  const next = { ...told, levels: { all: 3, act: 1, watch: 0 } }
  const news = newsOfDigest(next, told)
  expect(news).toEqual({ levels: { all: 3, act: 1, watch: 0 } })
  const after = withDigestNews(told, news as DigestNews)
  expect(after).toEqual(next)
  expect(after.acts).toBe(told.acts)
})

const raised = (id: string, call_id: string, over: Partial<Parameters<typeof makeAlert>[0]> = {}) =>
  makeFrame('alert.updated', { call_id, alert: makeAlert({ id, call_id, ...over }) })

describe('alerts on the page', () => {
  test('one more alert does not tell the others again, and leaves them the objects they were', async () => {
    const { live, updates, happen, pass } = await openFloor(5)
    happen(raised('a1', 'c0001'), raised('a2', 'c0002'))
    await pass(3000)
    const before = live.desk.getState().digest.alerts
    expect(before.map(({ alert }) => alert.id)).toEqual(['a1', 'a2'])
    const from = updates.length
    happen(raised('a3', 'c0003', { severity: 'critical' }))
    await pass(3000)
    const after = live.desk.getState().digest.alerts
    expect(after.map(({ alert }) => alert.id)).toEqual(['a3', 'a1', 'a2'])
    expect(after[1]).toBe(before[0])
    expect(after[2]).toBe(before[1])
    const told = updates.slice(from).flatMap(({ desk }) => desk?.digest?.alerts?.placed ?? [])
    expect(told.map(([, { alert }]) => alert.id)).toEqual(['a3'])
  })

  test('one that is acknowledged is told anew, one that is resolved leaves', async () => {
    const { live, happen, pass } = await openFloor(5)
    happen(raised('a1', 'c0001'), raised('a2', 'c0002'))
    await pass(3000)
    happen(raised('a1', 'c0001', { state: 'acknowledged' }), raised('a2', 'c0002', { state: 'resolved' }))
    await pass(3000)
    expect(live.desk.getState().digest.alerts.map(({ alert }) => [alert.id, alert.state])).toEqual([
      ['a1', 'acknowledged'],
    ])
  })

  test('while rows are held, and after, the figures and the alerts go on', async () => {
    const { live, happen, pass } = await openFloor(5)
    happen(raised('a1', 'c0001'))
    await pass(3000)
    live.desk.ask({ held: true })
    happen(raised('a2', 'c0002'))
    await pass(3000)
    expect(live.desk.getState().digest.alerts).toHaveLength(2)
    live.desk.ask({ held: false })
    happen(raised('a1', 'c0001', { state: 'resolved' }))
    await pass(5000)
    expect(live.desk.getState().digest.alerts.map(({ alert }) => alert.id)).toEqual(['a2'])
    expect(live.desk.getState().digest.sums.live).toBe(5)
  })
})
