// Whom an act on several calls concerns, in words, before it is done. Pure.
import type { CallBrief } from '#src/floor/call-brief.ts'

export type BulkAct = 'note' | 'assign'

/** A picked call; `brief` is what was known of it last, undefined when it was never seen. */
export interface PickedCall {
  id: string
  brief: CallBrief | undefined
  /** It has left the board. */
  isGone: boolean
}

export interface Affected {
  calls: readonly PickedCall[]
  /** Calls the act is not done to, by reason. */
  leftOut: readonly { why: string; count: number }[]
}

/** Which of the picked calls the act is done to: a person is only sent to a live call that has none yet and for which nobody is asked. */
export function affected(act: BulkAct, picked: readonly PickedCall[]): Affected {
  if (act === 'note') return { calls: picked, leftOut: [] }
  const ended = picked.filter(({ brief, isGone }) => isGone || !brief?.isLive)
  const served = picked.filter((call) => !ended.includes(call) && call.brief?.isServed)
  const calls = picked.filter((call) => !ended.includes(call) && !served.includes(call))
  const leftOut = [
    { why: 'over', count: ended.length },
    { why: 'with a person, or one is being asked', count: served.length },
  ]
  return { calls, leftOut: leftOut.filter(({ count }) => count > 0) }
}

/** `12 calls`. */
export function countCalls(count: number): string {
  return count === 1 ? '1 call' : `${count.toLocaleString('en-US')} calls`
}

const namesShown = 4

/** The first names, and how many more: `Ana, Bo and 9 more`. */
export function nameCalls(calls: readonly PickedCall[]): string {
  const names = calls.slice(0, namesShown).map(({ brief }) => brief?.name ?? 'a call that has left')
  const more = calls.length - names.length
  if (more > 0) return `${names.join(', ')} and ${more.toLocaleString('en-US')} more`
  const last = names.pop() ?? ''
  return names.length > 0 ? `${names.join(', ')} and ${last}` : last
}
