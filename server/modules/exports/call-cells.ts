// What an export writes of a call: one or two cells a column, as text and numbers.
import type { Call } from '#contract/call.ts'
import { type ExportColumnId, exportColumnNames } from '#contract/export-columns.ts'
import { isoIn } from '#contract/zone-calendar.ts'

type Cell = string | number

interface Column {
  titles: readonly string[]
  cells: (call: Call) => readonly Cell[]
}

const two = (value: number) => String(value).padStart(2, '0')

/** Whole seconds as `hh:mm:ss`; hours go on counting past a day. */
export function hoursText(seconds: number): string {
  const whole = Math.floor(seconds)
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
}

const words = (text: string | null | undefined) => (text ?? '').replaceAll('_', ' ')
const answeredBy = { ai: 'AI', human: 'person', none: 'nobody' } as const

function plainColumns(): Omit<
  Record<ExportColumnId, (call: Call) => Cell>,
  'started' | 'ended' | 'duration' | 'from' | 'sentiment'
> {
  return {
    status: ({ status }) => words(status),
    direction: ({ direction }) => direction,
    // Our side, as the list shows it.
    to: ({ direction, from_number, to_number }) => (direction === 'outbound' ? from_number : to_number),
    business: ({ business_name, business_id }) => business_name ?? business_id ?? '',
    ai: ({ ai_name }) => ai_name ?? '',
    answered_by: ({ answered_by }) => (answered_by ? answeredBy[answered_by] : ''),
    agent: ({ assigned_agent }) => assigned_agent?.name ?? '',
    qa: ({ qa_score }) => qa_score ?? '',
    escalation: ({ escalation_status }) => words(escalation_status),
    missed: ({ missed }) => (missed ? 'yes' : 'no'),
    disposition: ({ disposition }) => disposition ?? '',
    tags: ({ tags }) => (tags ?? []).join(', '),
    last_line: ({ last_line }) => last_line?.text ?? '',
    id: ({ id }) => id,
  }
}

/** The columns in their order. Instants stand in the zone and beside it in UTC (once where that is the zone), durations as `hh:mm:ss` and in seconds. */
export function callColumns(ids: readonly ExportColumnId[], zone: string): Column[] {
  const instant = (name: string, of: (call: Call) => string | undefined): Column => ({
    // In UTC the second would be the first once more, under the same title.
    titles: zone === 'UTC' ? [`${name} (UTC)`] : [`${name} (${zone})`, `${name} (UTC)`],
    cells: (call) => {
      const text = of(call)
      const at = Date.parse(text ?? '')
      const utc = text === undefined ? '' : new Date(at).toISOString()
      return zone === 'UTC' ? [utc] : [text === undefined ? '' : isoIn(zone, at), utc]
    },
  })
  const plain = plainColumns()
  return ids.map((id) => {
    const name = exportColumnNames[id]
    if (id === 'started') return instant(name, ({ started_at }) => started_at)
    if (id === 'ended') return instant(name, ({ ended_at }) => ended_at)
    if (id === 'duration')
      return {
        titles: [name, `${name} (s)`],
        cells: ({ duration_seconds: seconds }) =>
          seconds === undefined ? ['', ''] : [hoursText(seconds), seconds],
      }
    // The other side, whoever rang whom, as the list shows it.
    if (id === 'from')
      return {
        titles: [name, `${name} name`],
        cells: ({ direction, from_number, to_number, contact_name }) => [
          direction === 'outbound' ? to_number : from_number,
          contact_name ?? '',
        ],
      }
    if (id === 'sentiment')
      return {
        titles: [name, `${name} score (0 to 1)`],
        cells: ({ sentiment, sentiment_score }) => [sentiment ?? '', sentiment_score ?? ''],
      }
    const title = id === 'qa' ? `${name} (0 to 1)` : name
    return { titles: [title], cells: (call) => [plain[id](call)] }
  })
}
