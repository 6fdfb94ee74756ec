// The script of a call for paper: what was said, and what supervisors did, in the order of time. Pure.
import type { Call } from '#contract/call.ts'
import type { CallInteraction, Intervention } from '#contract/transcript.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { inTime } from '#src/lib/in-time.ts'
import type { OpenCall } from '#src/live/live-state.ts'
import { actWords } from '#src/floor/act-words.ts'

export interface PrintRow {
  key: string
  /** Of the line; empty where nobody spoke. */
  number: string
  /** Time of the call. */
  time: string
  who: string
  words: string
  isAct: boolean
}

const stateWords: Record<Intervention['state'], string> = {
  sent: 'sent, not confirmed',
  delivered: 'delivered, not confirmed',
  applied: 'applied',
  refused: 'refused',
  unknown: 'no answer',
}

/** The lines that are held, each with its number among all, and the acts between them. */
export function printRows(
  call: Call,
  { lines, total, interventions, hasOlder }: Pick<OpenCall, 'lines' | 'total' | 'interventions' | 'hasOlder'>,
): PrintRow[] {
  const started = Date.parse(call.started_at)
  const ai = call.ai_name ?? 'AI'
  const names = {
    ai,
    customer: call.contact_name || 'Caller',
    agent: call.assigned_agent?.name ?? 'Agent',
    system: 'System',
  }
  const numberOf = new Map(lines.map(({ id }, index) => [id, total - lines.length + index + 1]))
  const begin = hasOlder ? Date.parse(lines[0]?.timestamp ?? '') || 0 : 0
  const timed = (iso: string, row: Omit<PrintRow, 'time'>) => {
    const at = Date.parse(iso)
    return { at, row: { ...row, time: formatDuration(Math.max(0, at - started)) } }
  }
  const said = lines.map((line) =>
    timed(line.timestamp, {
      key: `line ${line.id}`,
      number: String(numberOf.get(line.id) ?? ''),
      who: toolOf(line) === null ? names[line.speaker] : 'Tool',
      words: lineWords(line),
      isAct: false,
    }),
  )
  const done = interventions.map((act) =>
    timed(act.at, {
      key: `act ${act.command_id}`,
      number: '',
      who: act.by.name,
      words: `${actWords(act, ai)}${act.text ? `: “${act.text}”` : ''}; ${outcome(act, numberOf)}`,
      isAct: true,
    }),
  )
  return inTime(
    said,
    done.filter(({ at }) => at >= begin),
  ).map(({ row }) => row)
}

const toolOf = ({ speaker, metadata }: CallInteraction): string | null =>
  speaker === 'system' && typeof metadata['tool'] === 'string' ? metadata['tool'] : null

function lineWords(line: CallInteraction): string {
  const tool = toolOf(line)
  const late = line.metadata['late'] === true ? ' (came after the end)' : ''
  return `${tool === null ? '' : `${tool}: `}${line.text}${late}`
}

function outcome(
  { state, detail, interaction_id }: Intervention,
  numberOf: ReadonlyMap<number, number>,
): string {
  const line = interaction_id === undefined ? undefined : numberOf.get(interaction_id)
  if (state === 'applied' && line !== undefined) return `applied at line ${line}`
  return `${stateWords[state]}${detail && state === 'refused' ? `: ${detail}` : ''}`
}
