import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { addressNow, addressOf, go, useFrom, useNamed, usePath, useQuery } from '#src/ui/address.ts'
import { atAddress } from '#tests/support/at-address.ts'

afterEach(cleanup)

type Change = ReturnType<typeof useQuery>[1]
const setters: Change[] = []

function Board() {
  const [query, change] = useQuery()
  setters.push(change)
  return <p>{query.get('dir') ?? 'all'}</p>
}

/** The board, and anything else elsewhere. */
function Pages() {
  return usePath().startsWith('/live') ? <Board /> : <p>elsewhere</p>
}

function Named() {
  return <p>{String(useNamed('/live'))}</p>
}

function CameFrom() {
  return <p>{String(useFrom())}</p>
}

test('an address names a call by whatever letters its id has, below its own area alone', () => {
  render(<Named />)
  for (const id of ['c1', 'a/b', 'a:b?c=d#e', '50%', '%41', 'c 1', 'über']) {
    act(() => go(`/live/${encodeURIComponent(id)}?line=2`))
    expect(screen.getByText(id)).toBeInTheDocument()
  }
  act(() => go('/Live/C1'))
  expect(screen.getByText('C1')).toBeInTheDocument()
  act(() => go('/live/%zz'))
  expect(screen.getByText('%zz')).toBeInTheDocument()
  for (const address of ['/live', '/live/', '/livestock/c1', '/calls/c1']) {
    act(() => go(address))
    expect(screen.getByText('null')).toBeInTheDocument()
  }
})

test('two changes before anything was drawn again are both kept', () => {
  atAddress('/live?sort=qa')
  render(<Board />)
  const change = setters.at(-1) as Change
  act(() => {
    change((before) => ({ ...Object.fromEntries(before), dir: 'outbound' }), { replace: true })
    change((before) => ({ ...Object.fromEntries(before), q: '100% %41+1' }), { replace: true })
  })
  expect(screen.getByText('outbound')).toBeInTheDocument()
  expect(Object.fromEntries(new URLSearchParams(location.search))).toEqual({
    sort: 'qa',
    dir: 'outbound',
    q: '100% %41+1',
  })
})

test('a change that is kept for later leads back to its page, which can be left again', () => {
  atAddress('/live?sort=qa')
  render(<Pages />)
  const undo = setters.at(-1) as Change
  act(() => go('/calls?text=roof'))
  expect(screen.getByText('elsewhere')).toBeInTheDocument()
  const steps = history.length
  act(() => undo((before) => addressOf('', before).slice(1) + '&dir=inbound', { replace: true }))
  expect(addressNow()).toBe('/live?sort=qa&dir=inbound')
  expect(screen.getByText('inbound')).toBeInTheDocument()
  expect(history).toHaveLength(steps + 1)
})

test('a page knows where somebody came from only where it was told so', () => {
  render(<CameFrom />)
  for (const told of [null, 'x', { from: 7 }, { idx: 3 }]) {
    act(() => go('/calls/c1', { state: told }))
    expect(screen.getByText('null')).toBeInTheDocument()
  }
  act(() => go('/calls/c1', { state: { from: '/live?dir=inbound' } }))
  expect(screen.getByText('/live?dir=inbound')).toBeInTheDocument()
})
