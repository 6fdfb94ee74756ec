// Plays one call of the past in no time: the simulator says what happens, the rules of the live path what it comes to.
import type { FollowUp } from '#contract/follow-up.ts'
import type { CallInteraction, Escalation, Intervention } from '#contract/transcript.ts'
import { applyFact } from '#server/domain/apply-fact.ts'
import type { CallState, FactContext, StoredNote } from '#server/domain/call-state.ts'
import type { Fact } from '#server/domain/fact.ts'
import { type PastPeople, createPastDesk } from '#server/feed/history/past-desk.ts'
import { createAgenda } from '#server/feed/simulator/agenda.ts'
import { handBack } from '#server/feed/simulator/hand-back.ts'
import type { Floor, LiveCall } from '#server/feed/simulator/live-call.ts'
import { beginCall } from '#server/feed/simulator/play-call.ts'
import type { Scene } from '#server/feed/simulator/scene.ts'

/** How often a person gives the call back to the AI instead of ending it. */
const handBackChance = 0.35

/** Everything the live path stores of a call, but the log. */
export interface PastCall {
  state: CallState
  lines: { line: CallInteraction; factId: string }[]
  escalations: Escalation[]
  notes: StoredNote[]
  interventions: Intervention[]
  followUps: FollowUp[]
}

export interface PastCallParts {
  call: LiveCall
  /** When it came in, epoch ms. */
  at: number
  scene: Scene
  /** The rules' view of the company; its `now` is moved along with the call. */
  context: FactContext
  people: PastPeople
}

/** Plays the call from its first ring until nothing is left to happen. */
export function playPastCall({ call, at, scene, context, people }: PastCallParts): PastCall {
  const agenda = createAgenda()
  const past: Omit<PastCall, 'state'> = {
    lines: [],
    escalations: [],
    notes: [],
    interventions: [],
    followUps: [],
  }
  let state: CallState | null = null
  let now = at

  const apply = (fact: Fact) => {
    context.now = now
    const draft = applyFact(state, fact, context)
    state = draft.state
    const { rows } = draft
    for (const [index, line] of rows.interactions.entries())
      past.lines.push({ line, factId: rows.factIds[index] ?? String(line.id) })
    past.escalations.push(...rows.escalations)
    past.notes.push(...rows.notes)
    past.interventions.push(...rows.interventions)
    past.followUps.push(...rows.followUps)
  }
  const floor: Floor = {
    agenda,
    scene,
    now: () => now,
    after: (ms) => now + ms,
    report: (fact) => {
      apply(fact)
      desk.look()
    },
    mayHandBack: (one) => {
      const does = one.random.chance(handBackChance)
      if (does) handBack(floor, one)
      return does
    },
    leave: () => undefined,
  }
  const desk = createPastDesk({
    floor,
    call,
    people,
    apply,
    read: () => state,
    lines: () => past.lines.map(({ line }) => line),
  })
  agenda.at(at, () => {
    beginCall(floor, call)
    desk.begin()
  })
  agenda.runUntil(Number.POSITIVE_INFINITY, (due) => {
    now = due
  })
  if (!state) throw new Error('A call of the past left no state.')
  return { state, ...past }
}
