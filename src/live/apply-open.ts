// An open call: its transcript and what hangs on it, kept in order whatever order things come in.
import { applyToCall } from '#contract/apply-event.ts'
import type { CallSnapshot, EventFrame } from '#contract/protocol.ts'
import type { CallInteraction, CallNote, Intervention } from '#contract/transcript.ts'
import { same } from '#src/lib/same.ts'
import { type Draft, createDraft } from '#src/live/draft.ts'
import type { LiveState, OpenCall } from '#src/live/live-state.ts'

/** Lines of one call that are kept while it streams; older ones come by HTTP again. */
export const maxLines = 2000

/** A call just opened, before its snapshot. */
export function emptyOpenCall(callId: string): OpenCall {
  return {
    callId,
    status: 'loading',
    call: null,
    lines: [],
    hasOlder: false,
    total: 0,
    interventions: [],
    notes: [],
    qaScore: null,
    escalation: null,
  }
}

/** One frame of the stream `call:<id>`. */
export function applyToOpen(draft: Draft, callId: string, frame: EventFrame): void {
  const open = draft.get('openCalls').get(callId)
  if (!open || open.status !== 'ready') return
  if (frame.event === 'call.left') {
    draft.edit('openCalls').set(callId, { ...emptyOpenCall(callId), status: 'not-found' })
    return
  }
  const next = change(draft, open, frame)
  const call = open.call ? applyToCall(open.call, frame) : null
  const isSameCall = call === open.call || same(call, open.call)
  if (next === open && isSameCall) return
  draft.edit('openCalls').set(callId, isSameCall ? next : { ...next, call })
}

function change(draft: Draft, open: OpenCall, frame: EventFrame): OpenCall {
  switch (frame.event) {
    case 'interaction.added':
      return addLine(draft, open, frame.data.interaction)
    case 'note.added': {
      const notes = putInOrder(open.notes, frame.data.note, (note) => note.id, byId)
      return notes === open.notes ? open : { ...open, notes }
    }
    case 'note.removed': {
      const notes = open.notes.filter(({ id }) => id !== frame.data.note_id)
      return notes.length === open.notes.length ? open : { ...open, notes }
    }
    case 'intervention.updated': {
      const interventions = putInOrder(open.interventions, frame.data, (act) => act.command_id, byAsked)
      return interventions === open.interventions ? open : { ...open, interventions }
    }
    case 'qa.score.updated':
      return same(open.qaScore, frame.data.qa_score) ? open : { ...open, qaScore: frame.data.qa_score }
    case 'escalation.triggered':
    case 'escalation.updated':
    case 'escalation.completed': {
      const { escalation } = frame.data
      const isOlder = open.escalation !== null && open.escalation.id > escalation.id
      return isOlder || same(open.escalation, escalation) ? open : { ...open, escalation }
    }
    default:
      return open
  }
}

/** Puts a line where its id belongs. One from before the oldest line held is left to the older lines' loader. */
function addLine(draft: Draft, open: OpenCall, line: CallInteraction): OpenCall {
  const [first] = open.lines
  if (first && line.id < first.id && open.hasOlder) return open
  const index = placeOf(open.lines, line.id)
  const held = open.lines[index]
  if (held?.id === line.id) {
    if (same(held, line)) return open
    const lines = draft.editLines(open)
    lines[index] = line
    return { ...open, lines }
  }
  const lines = draft.editLines(open)
  const bound = Math.max(maxLines, lines.length)
  lines.splice(index, 0, line)
  const isFull = lines.length > bound
  if (isFull) lines.shift()
  return { ...open, lines, hasOlder: open.hasOlder || isFull, total: open.total + 1 }
}

/** Index of the line with the id, or where it would stand; searched from the end, where new lines go. */
function placeOf(lines: readonly CallInteraction[], id: number): number {
  const last = lines.at(-1)
  if (!last || last.id < id) return lines.length
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle]?.id ?? id) < id) low = middle + 1
    else high = middle
  }
  return low
}

const byId = (a: CallNote, b: CallNote): number => a.id - b.id
const byAsked = (a: Intervention, b: Intervention): number =>
  Date.parse(a.at) - Date.parse(b.at) || (a.command_id < b.command_id ? -1 : 1)

/** Adds the item, or replaces the one with its key; the same list when nothing changed. */
function putInOrder<T>(
  items: readonly T[],
  item: T,
  keyOf: (item: T) => string | number,
  order: (a: T, b: T) => number,
): readonly T[] {
  const held = items.find((other) => keyOf(other) === keyOf(item))
  if (held && same(held, item)) return items
  return [...items.filter((other) => other !== held), item].sort(order)
}

/** The call as its snapshot says (P5). Lines loaded before it stay where they join without a hole. */
export function replaceOpen(state: LiveState, callId: string, detail: CallSnapshot): LiveState {
  const open = state.openCalls.get(callId)
  if (!open) return state
  const draft = createDraft(state)
  const fresh = detail.interactions.slice().sort((a, b) => a.id - b.id)
  const { lines, hasOlder } = join(open, fresh, detail.interactions_count)
  draft.edit('openCalls').set(callId, {
    callId,
    status: 'ready',
    call: detail.call,
    lines,
    hasOlder,
    total: Math.max(detail.interactions_count, lines.length),
    interventions: detail.interventions.slice().sort(byAsked),
    notes: detail.notes.slice().sort(byId),
    qaScore: detail.qa_score ?? null,
    escalation: detail.escalation ?? null,
  })
  for (const { command_id } of detail.interventions)
    if (draft.get('pending').has(command_id)) draft.edit('pending').delete(command_id)
  return draft.done()
}

function join(
  open: OpenCall,
  fresh: readonly CallInteraction[],
  total: number,
): { lines: readonly CallInteraction[]; hasOlder: boolean } {
  const alone = { lines: fresh, hasOlder: total > fresh.length }
  const [first] = fresh
  if (!first || !open.lines.some((line) => line.id === first.id)) return alone
  const held = new Map(open.lines.map((line) => [line.id, line]))
  const kept = fresh.map((line) => {
    const known = held.get(line.id)
    return known && same(known, line) ? known : line
  })
  const lines = [...open.lines.filter((line) => line.id < first.id), ...kept]
  // Beginning known, yet the sum is off: something came between the old lines while nobody looked.
  if (!open.hasOlder && lines.length !== total) return alone
  return { lines, hasOlder: open.hasOlder }
}

/** Puts older lines before those held; `reachedStart` when there are none before them. */
export function prependLines(
  state: LiveState,
  callId: string,
  older: { lines: readonly CallInteraction[]; reachedStart: boolean; total: number },
): LiveState {
  const open = state.openCalls.get(callId)
  if (!open || open.status !== 'ready') return state
  const first = open.lines[0]?.id ?? Number.POSITIVE_INFINITY
  const added = older.lines.filter((line) => line.id < first).sort((a, b) => a.id - b.id)
  const lines = added.length > 0 ? [...added, ...open.lines] : open.lines
  const next = {
    ...open,
    lines,
    hasOlder: !older.reachedStart,
    total: Math.max(open.total, older.total, lines.length),
  }
  return { ...state, openCalls: new Map(state.openCalls).set(callId, next) }
}
