// The transcript as one script: lines, supervisors' acts, wishes and notes in the order of time. Pure.
import type { CallInteraction, CallNote, Intervention } from '#contract/transcript.ts'
import { inTime } from '#src/lib/in-time.ts'
import type { OpenCall, PendingCommand } from '#src/live/live-state.ts'
import { moodStep } from '#src/ui/mood-scale.ts'

/** Mood along one row, 0–1: half-way from the row before, here, half-way to the next. Null before any mood is known. */
export type Spine = readonly [top: number, here: number, bottom: number] | null

export type TranscriptItem =
  | { kind: 'line'; key: string; line: CallInteraction; number: number; spine: Spine }
  | { kind: 'act'; key: string; act: Intervention; spine: Spine }
  | { kind: 'wish'; key: string; wish: PendingCommand; spine: Spine }
  | { kind: 'note'; key: string; note: CallNote; spine: Spine }

export type SpeakerFilter = CallInteraction['speaker'] | 'all'

interface Timed {
  at: number
  item: TranscriptItem
  mood: number | null
}

/** Number of the first line held, from 1. */
export function firstLineNumber({ total, lines }: Pick<OpenCall, 'total' | 'lines'>): number {
  return Math.max(1, total - lines.length + 1)
}

/** Merges what is on the call; with a speaker chosen only that speaker's lines stay. */
export function transcriptItems(
  open: Pick<OpenCall, 'lines' | 'total' | 'interventions' | 'notes' | 'hasOlder'>,
  pending: readonly PendingCommand[],
  speaker: SpeakerFilter,
): TranscriptItem[] {
  const first = firstLineNumber(open)
  const lines = open.lines.flatMap((line, index): Timed[] =>
    speaker !== 'all' && line.speaker !== speaker
      ? []
      : [
          {
            at: Date.parse(line.timestamp),
            item: { kind: 'line', key: `line ${line.id}`, line, number: first + index, spine: null },
            mood: line.speaker === 'customer' ? (line.sentiment?.score ?? null) : null,
          },
        ],
  )
  if (speaker !== 'all') return withSpine(lines)
  const begin = open.hasOlder ? Date.parse(open.lines[0]?.timestamp ?? '') || 0 : 0
  const confirmed = new Set(open.interventions.map((act) => act.command_id))
  const beside: Timed[] = [
    ...open.interventions.map(
      (act): Timed => ({
        at: Date.parse(act.at),
        item: { kind: 'act', key: `act ${act.command_id}`, act, spine: null },
        mood: null,
      }),
    ),
    ...pending
      .filter((wish) => !confirmed.has(wish.commandId))
      .map(
        (wish): Timed => ({
          at: wish.askedAt,
          item: { kind: 'wish', key: `act ${wish.commandId}`, wish, spine: null },
          mood: null,
        }),
      ),
    ...open.notes.map(
      (note): Timed => ({
        at: Date.parse(note.created_at),
        item: { kind: 'note', key: `note ${note.id}`, note, spine: null },
        mood: null,
      }),
    ),
  ].filter(({ at }) => at >= begin)
  return withSpine(inTime(lines, beside))
}

function withSpine(rows: readonly Timed[]): TranscriptItem[] {
  let last: number | null = null
  const moods = rows.map(({ mood }) => {
    last = mood ?? last
    return last
  })
  return rows.map(({ item }, index): TranscriptItem => {
    const here = moods[index] ?? null
    if (here === null) return item
    const before = moods[index - 1] ?? here
    const after = moods[index + 1] ?? here
    return { ...item, spine: [(before + here) / 2, here, (here + after) / 2] }
  })
}

/** Key of the first line on which the caller's mood is negative; null when there is none. */
export function firstNegativeLine(items: readonly TranscriptItem[]): string | null {
  const first = items.find((item) => {
    const score =
      item.kind === 'line' && item.line.speaker === 'customer' ? item.line.sentiment?.score : undefined
    return score !== undefined && moodStep(score).startsWith('n')
  })
  return first?.key ?? null
}

/** Key of the line with this id; null while it is not among the items. */
export function lineWithId(items: readonly TranscriptItem[], id: number): string | null {
  return items.find((item) => item.kind === 'line' && item.line.id === id)?.key ?? null
}

/** Keys of the lines that contain the words, oldest first; empty when there is nothing to look for. */
export function findLines(items: readonly TranscriptItem[], words: string): string[] {
  const wanted = words.trim().toLowerCase()
  if (wanted === '') return []
  return items.flatMap((item) =>
    item.kind === 'line' && item.line.text.toLowerCase().includes(wanted) ? [item.key] : [],
  )
}
