// What the figures are asked for, and how: the same questions for every page of analytics.
import { expect } from 'vitest'
import { ask } from '#tests/support/ask.ts'
import type { DrawnCompany } from '#tests/support/drawn-company.ts'

export interface Asked {
  from: string
  to: string
  zone: string
  interval: string
  business?: string
  direction?: string
}

/** Ranges, zones and lengths of points that have bitten. */
export const queries: Asked[] = [
  { from: '2026-01-01', to: '2026-11-21', zone: 'America/Chicago', interval: 'day' },
  { from: '2026-11-01', to: '2026-11-01', zone: 'America/Chicago', interval: 'hour' },
  { from: '2026-03-07', to: '2026-03-09', zone: 'America/Chicago', interval: 'hour', direction: 'inbound' },
  {
    from: '2026-10-24T13:07:11.123Z',
    to: '2026-11-01T06:59:59.999Z',
    zone: 'Europe/Berlin',
    interval: 'day',
  },
  { from: '2026-03-02', to: '2026-11-15', zone: 'Europe/Berlin', interval: 'week', business: 'plumbing' },
  { from: '2026-10-31', to: '2026-11-02', zone: 'Asia/Kolkata', interval: 'hour' },
  { from: '2026-10-20', to: '2026-11-12', zone: 'Asia/Kathmandu', interval: 'day', direction: 'outbound' },
  { from: '2026-03-25', to: '2026-04-20', zone: 'Australia/Lord_Howe', interval: 'day' },
  { from: '2026-02-01', to: '2026-11-21', zone: 'America/Santiago', interval: 'month', business: 'roofing' },
  { from: '2026-02-15', to: '2026-11-20', zone: 'America/Chicago', interval: 'week', business: 'none' },
]

const addressOf = (path: string, { from, to, zone, interval, business, direction }: Asked, more = '') => {
  const [first, last] =
    path.includes('/calls/') || path.includes('/agents/') ? ['from', 'to'] : ['from_date', 'to_date']
  return (
    `GET /api/v1/analytics/${path}?${first}=${from}&${last}=${to}&zone=${zone}&interval=${interval}${more}` +
    (business ? `&business_id=${business}` : '') +
    (direction ? `&direction=${direction}` : '')
  )
}

/** What analytics answer; refusals fail the test. */
export async function answer<B>(
  { server, token }: DrawnCompany,
  path: string,
  asked: Asked,
  more?: string,
): Promise<B> {
  const { status, body } = await ask<B>(server.url, addressOf(path, asked, more), { token })
  expect([status, body]).toEqual([200, body])
  return body
}
