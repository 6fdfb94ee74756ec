// Rows are put in order for assistive technology with as few moves as possible, and never by moving the one in use.
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { putInOrder } from '#src/features/live-grid/put-in-order.ts'

let host: HTMLElement
beforeEach(() => {
  document.body.replaceChildren()
  host = document.createElement('div')
  document.body.append(host)
})

function rows(names: string): Map<string, HTMLElement> {
  const made = new Map<string, HTMLElement>()
  host.replaceChildren()
  for (const name of names) {
    const element = document.createElement('button')
    element.textContent = name
    host.append(element)
    made.set(name, element)
  }
  return made
}

/** Orders the rows of `from` as in `to`; others stay where they are. Returns what stands, and which were moved. */
async function order(from: string, to: string, focus?: string): Promise<{ stands: string; moved: string }> {
  const made = rows(from)
  if (focus) made.get(focus)?.focus()
  const moved = new Set<string>()
  const watcher = new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) moved.add(node.textContent ?? '')
  })
  watcher.observe(host, { childList: true })
  putInOrder(
    host,
    [...to].map((name) => made.get(name) as HTMLElement),
  )
  await Promise.resolve()
  watcher.disconnect()
  return { stands: host.textContent ?? '', moved: [...moved].sort().join('') }
}

describe('rows for assistive technology', () => {
  test.each([
    ['stand as they are', 'abcd', 'abcd', 'abcd', ''],
    ['one that rose is moved alone', 'abcd', 'dabc', 'dabc', 'd'],
    ['one that fell is moved alone', 'abcd', 'bcda', 'bcda', 'a'],
    ['those at rest between them move nothing', 'aXbYc', 'abc', 'aXbYc', ''],
  ])('%s', async (_name, from, to, stands, moved) => {
    expect(await order(from, to)).toEqual({ stands, moved })
  })

  test('the row in use keeps the focus and is not moved, whatever its place', async () => {
    const { stands, moved } = await order('abcd', 'dcba', 'b')
    expect(stands).toBe('dcba')
    expect(moved).not.toContain('b')
    expect(document.activeElement?.textContent).toBe('b')
  })

  test('any order comes out right', () => {
    const letters = fc.shuffledSubarray([...'abcdefgh'], { minLength: 1 })
    return fc.assert(
      fc.asyncProperty(letters, fc.nat(), async (wanted, pick) => {
        const focus = wanted[pick % wanted.length]
        const { stands } = await order('abcdefgh', wanted.join(''), focus)
        expect([...stands].filter((name) => wanted.includes(name))).toEqual(wanted)
        expect(document.activeElement?.textContent).toBe(focus)
      }),
    )
  })
})
