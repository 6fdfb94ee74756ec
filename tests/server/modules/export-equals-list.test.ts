// Whatever is asked, in whatever order and zone: the file says of each call what the list says of it on screen.
import { type ReactNode, createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import type { CallsPagination } from '#contract/call-endpoints.ts'
import { isLive } from '#contract/call-rules.ts'
import { exportColumnIds } from '#contract/export-columns.ts'
import { callCells } from '#src/features/calls-list/call-cells.tsx'
import type { CallColumnId } from '#src/features/calls-list/columns.ts'
import { callerName } from '#src/floor/call-words.ts'
import { type Draw, createDraw, drawCall } from '#tests/support/random-calls.ts'
import { ask } from '#tests/support/ask.ts'
import { fetchExport, readCsv } from '#tests/support/export-client.ts'
import { lineSaid } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

const seed = Number(process.env['EXPORT_SEED'] ?? 20261121)
const rounds = 12
/** More than one page of the list. */
const drawnCalls = 170

const businesses = ['roofing', 'plumbing', 'heating']
const zones = [
  'America/Chicago',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'UTC',
]
/** What breaks a table, or is run by one that trusts its cells. */
const words = [
  '=HYPERLINK("http://evil")',
  'It drips, "again"\nand again;\tand again',
  '+1 210 or so',
  "'quoted'",
  '@home',
  ' blank before',
  'Łukasz 🙂',
  'Plain',
]

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startServer()
  token = await server.token('manager')
  const draw = createDraw(seed)
  const facts = Array.from({ length: drawnCalls }, (_, n) => {
    const [started, ...rest] = drawCall(draw, `drawn-${n}`, businesses).facts
    if (started?.event !== 'call.started') throw new Error('A call begins with its start.')
    const { call } = started.data
    if (draw.chance(0.6)) call.contact_name = draw.of(words)
    call.from_number = `+1210555${1000 + draw.whole(40)}`
    call.to_number = draw.of(['+12105550100', '+4930901820', '+12105550199'])
    const said = draw.chance(0.7) ? [lineSaid(call.id, 'a', { text: draw.of(words) })] : []
    return [started, ...said, ...rest]
  })
  for (let n = 0; n < drawnCalls; n += 60) await server.submit(facts.slice(n, n + 60).flat())
}, 60_000)
afterAll(() => server.close())

const day = (draw: Draw) => `2026-${draw.of(['03-08', '03-29', '04-05', '09-06', '10-25', '11-01', '11-11'])}`

/** Each member of a question, drawn. */
const members: Record<string, (draw: Draw) => unknown> = {
  status: (draw) => draw.of([['completed'], ['failed', 'in_progress'], ['escalated', 'completed']]),
  direction: (draw) => draw.of(['inbound', 'outbound']),
  business_id: (draw) => draw.of(businesses),
  from_date: (draw) => draw.of([day(draw), `${day(draw)}T01:30:00Z`]),
  to_date: (draw) => draw.of([day(draw), `${day(draw)}T07:00:00+02:00`]),
  weekday: (draw) => draw.of([0, 6]),
  hour: (draw) => draw.whole(24),
  search: (draw) => draw.of(['drawn-1', '5551', '0100']),
  sentiment: (draw) => draw.of(['positive', 'neutral', 'negative']),
  min_sentiment_score: (draw) => draw.score() / 2,
  max_qa_score: (draw) => draw.score(),
  min_duration: (draw) => draw.whole(900),
  max_duration: (draw) => 600 + draw.whole(1800),
  agent_id: (draw) => draw.of(['agent-wen', 'agent-marcus']),
  answered_by: (draw) => draw.of(['ai', 'human', 'none']),
  answered: (draw) => draw.chance(0.5),
  escalation_status: (draw) => draw.of(['pending', 'in_progress', 'completed']),
  escalated: (draw) => draw.chance(0.5),
  trigger_type: (draw) => draw.of(['keyword', 'sentiment']),
  request_status: (draw) => draw.of(['pending', 'completed', 'cancelled']),
  missed: (draw) => draw.chance(0.3),
  has_note: () => false,
}

function drawQuestion(draw: Draw): Record<string, unknown> {
  const names = Object.keys(members)
  const chosen = Array.from({ length: draw.whole(4) }, () => draw.of(names))
  return {
    ...Object.fromEntries(chosen.map((name) => [name, members[name]?.(draw)])),
    ...(draw.chance(0.7) ? { zone: draw.of(zones) } : {}),
    ...(draw.chance(0.8) ? { sort_by: draw.of(['started_at', 'duration', 'qa_score']) } : {}),
    ...(draw.chance(0.8) ? { sort_order: draw.of(['asc', 'desc']) } : {}),
  }
}

/** The list, page after page as it is turned. */
async function listed(question: Record<string, unknown>): Promise<Call[]> {
  const calls: Call[] = []
  for (let after = ''; ; ) {
    const search = new URLSearchParams({ limit: '100', ...(after ? { after } : {}) })
    for (const [name, value] of Object.entries(question)) search.set(name, String(value))
    const { status, body } = await ask<{ calls: Call[]; pagination: CallsPagination }>(
      server.url,
      `GET /api/v1/calls?${search.toString()}`,
      { token },
    )
    expect(status).toBe(200)
    calls.push(...body.calls)
    if (body.pagination.next === undefined) return calls
    after = body.pagination.next
  }
}

type Row = Readonly<Record<string, string>>

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }
const plain = (html: string) =>
  html.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => entities[name] ?? '')
/** The text of the first such element. */
const inside = (html: string, tag: string) =>
  plain(new RegExp(`<${tag}(?: [^>]*)?>([^]*?)</${tag}>`).exec(html)?.[1] ?? '')
const attribute = (html: string, name: string) =>
  plain(new RegExp(` ${name}="([^"]*)"`).exec(html)?.[1] ?? '')
/** A number is dialled by these wherever it is written; the screen leaves out the code of the country one is in. */
const digits = (text: string) => text.replace(/\D/g, '').slice(-10)
const secondsOf = (clock: string) => clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
/** A cell as it was before its apostrophe. */
const bare = (cell = '') => (/^'(?:[\s"']*[=+\-@]|[\t\r\n])/.test(cell) ? cell.slice(1) : cell)

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** `2026-10-25T02:30:00+02:00` as the list writes it this year. */
function writtenOut(local = ''): string {
  const [, month, date, clock] =
    /^2026-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)(?:\.\d{3}Z|[+-]\d\d:\d\d)$/.exec(local) ?? []
  return `${months[Number(month) - 1]} ${Number(date)}, ${clock}`
}

const states: Record<string, string> = { initiated: 'Dialing', ringing: 'Ringing', 'in progress': 'Talking' }
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const standings: Record<string, string> = { pending: 'Asked for a person', 'in progress': 'With a person' }
/** A number that the screen shows rounded, as the file's: itself where they agree. */
const rounded = (shown: string, exact: number, half: number) =>
  Math.abs(Number(shown.replace('−', '-')) - exact) <= half + 1e-9 ? shown : String(exact)

/** What the cell says on screen, and what the file says in the same words. */
const said: Record<CallColumnId, (html: string, row: Row, call: Call, zone: string) => [string, string]> = {
  started: (html, row, _, zone) => [
    `${new Date(attribute(html, 'dateTime')).toISOString()} ${plain(html)}`,
    `${row['Started (UTC)']} ${writtenOut(row[`Started (${zone})`])}`,
  ],
  status: (html, row, call) => [
    inside(html, 'span'),
    row['Missed'] === 'yes' && !isLive(call.status)
      ? 'Missed'
      : (states[row['State'] ?? ''] ?? capital(row['State'] ?? '')),
  ],
  direction: (html, row) => [attribute(html, 'aria-label'), capital(row['Direction'] ?? '')],
  from: (html, row) => {
    const name = bare(row['Caller name'])
    return name === ''
      ? [digits(inside(html, 'a')), digits(row['Caller'] ?? '')]
      : [`${inside(html, 'a')} ${digits(inside(html, 'i'))}`, `${name} ${digits(row['Caller'] ?? '')}`]
  },
  to: (html, row) => [digits(plain(html)), digits(row['To'] ?? '')],
  last_line: (html, row) => [inside(html, 'bdi'), bare(row['Last line'])],
  duration: (html, row) => [
    plain(html) && String(secondsOf(plain(html))),
    row['Length'] === '' ? '' : String(secondsOf(row['Length'] ?? '')),
  ],
  sentiment: (html, row) => {
    const shown = /[−+]?\d\.\d$/.exec(plain(html))?.[0] ?? ''
    const score = row['Mood score (0 to 1)'] ?? ''
    return [shown, score === '' ? '' : rounded(shown, Number(score) * 2 - 1, 0.05)]
  },
  qa: (html, row) => {
    const score = row['QA (0 to 1)'] ?? ''
    return [plain(html), score === '' ? '' : rounded(plain(html), Number(score) * 100, 0.5)]
  },
  escalation: (html, row) => [
    plain(html),
    standings[row['Escalation'] ?? ''] ?? capital(row['Escalation'] ?? ''),
  ],
  agent: (html, row) => {
    const ai = row['AI agent'] || (row['Answered by'] === 'AI' ? 'AI' : '')
    return [plain(html).trim(), row['Handled by'] || (row['Answered by'] === 'nobody' ? 'Nobody' : ai)]
  },
  business: (html, row) => [plain(html), row['Business'] ?? ''],
}

const markup = (node: ReactNode) => renderToStaticMarkup(createElement('div', null, node)).slice(5, -6)

test('the file holds the very calls of the list, in its order, and says of each what the screen says', async () => {
  const draw = createDraw(seed)
  const now = Date.now()
  const ids = Object.keys(said) as CallColumnId[]
  let compared = 0
  for (let round = 0; round < rounds; round += 1) {
    const question = drawQuestion(draw)
    const zone = draw.of(zones)
    const why = `EXPORT_SEED=${seed}, round ${round}, in ${zone}: ${JSON.stringify(question)}`
    const calls = await listed(question)
    const columns = exportColumnIds.toSorted(() => draw.of([-1, 1]))
    const { text, job } = await fetchExport(server.url, token, {
      filters: question,
      format: 'csv',
      columns,
      zone,
      head: false,
    })
    const [titles = [], ...records] = readCsv(text)
    expect({ why, titles: [...new Set(titles)] }).toEqual({ why, titles })
    const rows: Row[] = records.map((cells) =>
      Object.fromEntries(titles.map((title, at) => [title, cells[at] ?? ''])),
    )
    const ofFile = { why, count: job.rowCount, ids: rows.map((row) => row['Call id']) }
    expect(ofFile).toEqual({ why, count: calls.length, ids: calls.map(({ id }) => id) })
    for (const [at, call] of calls.entries()) {
      const row = rows[at] ?? {}
      const screen: Record<string, string> = { why, id: call.id }
      const file: Record<string, string> = { why, id: call.id }
      for (const id of ids) {
        // How long a call has run so far is of the moment: the list counts on, a file does not.
        const runs = id === 'duration' && isLive(call.status)
        const cell =
          !runs && callCells[id]({ call, zone, now, link: createElement('a', null, callerName(call)) })
        ;[screen[id], file[id]] = cell ? said[id](markup(cell), row, call, zone) : ['', row['Length'] ?? '']
      }
      expect(file).toEqual(screen)
      compared += 1
    }
  }
  // Questions that nothing answers prove nothing.
  expect(compared, `EXPORT_SEED=${seed}`).toBeGreaterThan(200)
}, 30_000)
