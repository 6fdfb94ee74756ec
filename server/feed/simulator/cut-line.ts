// A bad line: for a while nothing of a call is heard of, then all of it at once, sometimes only after the end.
import type { Floor, LiveCall } from '#server/feed/simulator/live-call.ts'

const firstCutMs = [12_000, 60_000] as const
const cutMs = [45_000, 150_000] as const
const betweenMs = [35_000, 90_000] as const
const lateMs = [3000, 20_000] as const

function release(floor: Floor, call: LiveCall): void {
  for (const fact of call.withheld ?? []) floor.report(fact)
  call.withheld = undefined
}

function cutAfter(floor: Floor, call: LiveCall, [least, most]: readonly [number, number]): void {
  call.cut = floor.agenda.at(floor.after(call.random.between(least, most)), () => {
    call.withheld ??= []
    call.cut = floor.agenda.at(floor.after(call.random.between(...cutMs)), () => {
      release(floor, call)
      cutAfter(floor, call, betweenMs)
    })
  })
}

/** Calls of the business whose line is bad are cut from time to time. */
export function watchLine(floor: Floor, call: LiveCall): void {
  if (call.hasBadLine) cutAfter(floor, call, firstCutMs)
}

/** The call is over: what was withheld comes late. */
export function endCut(floor: Floor, call: LiveCall): void {
  floor.agenda.cancel(call.cut)
  if (call.withheld?.length)
    floor.agenda.at(floor.after(call.random.between(...lateMs)), () => release(floor, call))
}
