import { afterAll, beforeAll, expect, test } from 'vitest'
import { extractText, getDocumentProxy } from 'unpdf'
import type { AnalyticsOverview } from '#contract/analytics.ts'
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
    await server.submit([callStarted(`c${n}`, { started_at }), callEnded(`c${n}`, { ended_at, duration_seconds: 90 + n })])
  }
}, 60_000)
afterAll(() => server.close())

const exported = async (body: object, by = token) => {
  const response = await fetch(`${server.url}/api/v1/analytics/export`, {
    method: 'POST',
    headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...range, ...body }),
  })
  return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) }
}

test('the CSV of the overview says the numbers of the overview, with range, zone and time above', async () => {
  const { bytes, headers } = await exported({ format: 'csv', report_type: 'overview' })
  const records = readCsv(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  const query = new URLSearchParams(range).toString()
  const { body } = await ask<AnalyticsOverview>(server.url, `GET /api/v1/analytics/overview?${query}`, { token })
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

test('the PDF of everything holds its words as text and its charts as vectors, on numbered pages', async () => {
  const { bytes, headers } = await exported({ format: 'pdf', report_type: 'full' })
  expect(headers.get('content-type')).toBe('application/pdf')
  const document = await getDocumentProxy(bytes)
  const { text, totalPages } = await extractText(document, { mergePages: true })
  for (const words of ['Full report', 'Europe/Berlin', 'Call volume', 'Escalations', `Page ${totalPages} of ${totalPages}`])
    expect(text).toContain(words)
  const plain = await exported({ format: 'pdf', report_type: 'full', include_charts: false })
  const paths = async (file: Awaited<ReturnType<typeof getDocumentProxy>>) => {
    let count = 0
    for (let number = 1; number <= file.numPages; number++) {
      const { fnArray } = await (await file.getPage(number)).getOperatorList()
      count += fnArray.length
    }
    return count
  }
  expect(await paths(document)).toBeGreaterThan((await paths(await getDocumentProxy(plain.bytes))) + 200)
}, 60_000)

test('a viewer exports nothing, and what is not understood is named', async () => {
  expect((await exported({ format: 'csv', report_type: 'qa' }, await server.token('viewer'))).status).toBe(403)
  expect((await exported({ format: 'csv', report_type: 'everything' })).status).toBe(400)
  expect((await exported({ format: 'csv', report_type: 'qa', zone: 'Mars/Olympus' })).status).toBe(400)
})
