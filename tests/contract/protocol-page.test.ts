// The page of the protocol names addresses; they are those of the list, and of some areas all of them.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { endpoints } from '#contract/endpoints.ts'

const page = readFileSync(new URL('../../contract/PROTOCOL.md', import.meta.url), 'utf8')
const named = new Set(
  [...page.matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) \/api\/[^`?\s]*)/g)].map(([, route]) => route),
)
const routes = endpoints.map(({ method, path }) => `${method} ${path}`)

test('every address that the page names is an endpoint', () => {
  expect(named.size).toBeGreaterThan(15)
  expect([...named].filter((route) => route !== undefined && !routes.includes(route as never))).toEqual([])
})

test.each([/\/analytics\//, /\/exports?(\/|$)/, /\/calls\/:call_id\/qa$/, /\/audit\//])(
  'of what looks back none is missing: %s',
  (area) => {
    const ours = routes.filter((route) => area.test(route))
    expect(ours.length).toBeGreaterThan(0)
    expect(ours.filter((route) => !named.has(route))).toEqual([])
  },
)
