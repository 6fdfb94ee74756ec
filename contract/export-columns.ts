// The columns an export of calls may have, by the ids the screens use; free of the schema library, so the console carries them.

/** Ids in the order in which they are offered. */
export const exportColumnIds = [
  'started',
  'ended',
  'duration',
  'status',
  'direction',
  'from',
  'to',
  'business',
  'ai',
  'answered_by',
  'agent',
  'sentiment',
  'qa',
  'escalation',
  'missed',
  'disposition',
  'tags',
  'last_line',
  'id',
] as const
export type ExportColumnId = (typeof exportColumnIds)[number]

/** What stands above each of them. */
export const exportColumnNames: Readonly<Record<ExportColumnId, string>> = {
  started: 'Started',
  ended: 'Ended',
  duration: 'Length',
  status: 'State',
  direction: 'Direction',
  from: 'Caller',
  to: 'To',
  business: 'Business',
  ai: 'AI agent',
  answered_by: 'Answered by',
  agent: 'Handled by',
  sentiment: 'Mood',
  qa: 'QA',
  escalation: 'Escalation',
  missed: 'Missed',
  disposition: 'Disposition',
  tags: 'Tags',
  last_line: 'Last line',
  id: 'Call id',
}

/** What an export has when nobody chose. */
export const usualExportColumns: readonly ExportColumnId[] = [
  'started',
  'duration',
  'status',
  'direction',
  'from',
  'to',
  'business',
  'answered_by',
  'agent',
  'sentiment',
  'qa',
  'escalation',
  'id',
]

/** A PDF is for reading and printing: more calls than this are for a table. */
export const pdfCallsAtMost = 2000
/** A person makes so many exports of calls in 24 hours. */
export const exportsPerDay = 10
/** How long a finished file can be fetched, hours. */
export const exportLifeHours = 24
