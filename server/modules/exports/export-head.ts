// The lines above an exported table: what it holds, in which zone, made when and by whom.
import { sortWords } from '#contract/filter-words.ts'
import { isoIn } from '#contract/zone-calendar.ts'
import type { Db } from '#server/db/database.ts'
import { type ExportRow, wishOf } from '#server/modules/exports/export-row.ts'

export interface HeadFacts {
  /** Calls in the table. */
  calls: number
  /** Calls whose words could not be looked at. */
  notSearched: number
}

export type HeadLine = readonly [name: string, value: string | number]

/** Name and value of each line. */
export async function exportHead(db: Db, row: ExportRow, facts: HeadFacts): Promise<HeadLine[]> {
  const wish = wishOf(row)
  const company = await db
    .selectFrom('companies')
    .select('name')
    .where('id', '=', row.company_id)
    .executeTakeFirst()
  const made = row.started_at ?? row.created_at
  const zoned = isoIn(wish.zone, made.getTime())
  return [
    ['Callboard', `Calls of ${company?.name ?? row.company_id}`],
    ['Filter', row.words.join('; ') || 'all calls'],
    ['Sorted by', sortWords(wish.filters)],
    [
      'Time zone',
      wish.zone === 'UTC' ? 'UTC' : `${wish.zone}; each instant says its offset, UTC stands beside it`,
    ],
    ['Made', `${zoned} (${made.toISOString()})`],
    ['Made by', row.owner_name],
    ['Calls', facts.calls],
    ...(facts.notSearched > 0
      ? [['Not searched', `${facts.notSearched} calls whose words were not indexed yet`] as const]
      : []),
  ]
}

/** How the text below is to be read; for CSV alone. */
export const formatLine = (delimiter: string): HeadLine => [
  'Format',
  `UTF-8, delimiter ${delimiter}, decimal point, durations hh:mm:ss and in seconds; an apostrophe at the beginning of a cell keeps spreadsheets from running it`,
]
