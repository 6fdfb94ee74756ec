import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { extractText, getDocumentProxy } from 'unpdf'
import type { AnalyticsOverview } from '#contract/analytics.ts'
import { paperInk } from '#contract/charts/chart-ink.ts'
import { ask } from '#tests/support/ask.ts'
import { readCsv } from '#tests/support/export-client.ts'
import { callEnded, callStarted } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let server: TestServer
let token: string
const range = { from_date: '2026-10-20', to_date: '2026-10-30', zone: 'Europe/Berlin' }

beforeAll(async () => {
  server = await startServer()
  token = await server.token('manager')
  for (let n = 0; n < 25; n++) {
    const started_at = new Date(Date.parse('2026-10-21T08:00:00Z') + n * 3_600_000 * 7).toISOString()
    const ended_at = new Date(Date.parse(started_at) + 90_000 + n * 1000).toISOString()
    await server.submit([callStarted(`c${n}`, { started_at }), callEnded(`c${n}`, { ended_at })])
  }
}, 60_000)
afterAll(() => server.close())

const exported = async (body: object, by = token) => {
  const response = await fetch(`${server.url}/api/v1/analytics/export`, {
    method: 'POST',
    headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...range, ...body }),
  })
  return {
    status: response.status,
    headers: response.headers,
    bytes: new Uint8Array(await response.arrayBuffer()),
  }
}

test('the CSV of the overview says the numbers of the overview, with range, zone and time above', async () => {
  const { bytes, headers } = await exported({ format: 'csv', report_type: 'overview' })
  const records = readCsv(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  const query = new URLSearchParams(range).toString()
  const { body } = await ask<AnalyticsOverview>(server.url, `GET /api/v1/analytics/overview?${query}`, {
    token,
  })
  const valueOf = (name: string) => records.find(([first]) => first === name)?.[1]
  expect(headers.get('content-type')).toContain('text/csv')
  expect(valueOf('Calls')).toBe(String(body.total_calls))
  expect(body.total_calls).toBe(25)
  expect(valueOf('Calls started')).toBe('2026-10-20T00:00:00+02:00 to 2026-10-30T23:59:59+01:00')
  expect(valueOf('Time zone')).toContain('Europe/Berlin')
  // A day without calls stands there with its nought.
  const days = records.findIndex(([head, second]) => head === 'Day' && second !== undefined)
  expect(days).toBeGreaterThan(0)
  expect(records.slice(days + 1, days + 12)).toHaveLength(11)
})

/** What is drawn on the pages, unpacked. */
function drawnIn(bytes: Uint8Array): string {
  const file = Buffer.from(bytes)
  let drawn = ''
  for (let at = file.indexOf('stream\n'); at >= 0; at = file.indexOf('stream\n', at + 7)) {
    if (file.subarray(at - 3, at).toString('latin1') === 'end') continue
    try {
      drawn += inflateSync(file.subarray(at + 7)).toString('latin1')
    } catch {
      // Not a packed stream.
    }
  }
  return drawn
}

test('a PDF holds its words as text and its charts as vectors in their colours, on numbered pages', async () => {
  const { bytes, headers } = await exported({ format: 'pdf', report_type: 'overview' })
  expect(headers.get('content-type')).toBe('application/pdf')
  const drawn = drawnIn(bytes)
  const blue = [0x24, 0x89, 0xbf].map((part) => (part / 255).toFixed(3))
  expect(paperInk.first).toBe('#2489bf')
  expect(drawn).toMatch(new RegExp(blue.map((part) => `${part.replace('.', '\\.')}\\d*`).join(' ')))
  const { text, totalPages } = await extractText(await getDocumentProxy(bytes), { mergePages: true })
  for (const words of ['Overview', 'Europe/Berlin', 'Mood of calls', `Page ${totalPages} of ${totalPages}`])
    expect(text).toContain(words)
}, 60_000)

test('a viewer exports nothing, and what is not understood is named', async () => {
  expect((await exported({ format: 'csv', report_type: 'qa' }, await server.token('viewer'))).status).toBe(
    403,
  )
  expect((await exported({ format: 'csv', report_type: 'everything' })).status).toBe(400)
  expect((await exported({ format: 'csv', report_type: 'qa', zone: 'Mars/Olympus' })).status).toBe(400)
})
