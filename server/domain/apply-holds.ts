// What a supervisor set for a time: a pause, instructions, a claim. When each is over, and what ends it before.
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { Intervention } from '#contract/transcript.ts'
import { type CallState, type Draft, isoOf, patchCall, patchState } from '#server/domain/call-state.ts'

/** End of a span of `seconds` from `from` (ISO); absent without seconds. */
export function endOf(from: string, seconds: number | undefined): { until?: string } {
  return seconds === undefined ? {} : { until: isoOf(Date.parse(from) + seconds * 1000) }
}

/** An act was carried out: what holds from now on. `received` (ISO) is the server's clock, from which spans run. */
export function startHold(draft: Draft, act: Intervention, at: string, received: string): void {
  const { command_id, by } = act
  if (act.action === 'pause')
    patchCall(draft, { pause: { by, at, command_id, ...endOf(received, act.duration_s) } })
  if (act.action === 'resume') patchCall(draft, { pause: undefined } as unknown as Partial<Call>)
  if (act.action === 'clear_override') patchCall(draft, { override: undefined } as unknown as Partial<Call>)
  if (act.action !== 'override_instructions' || act.text === undefined) return
  const isTurn = act.scope === 'turn'
  // The line that carries out instructions for one turn is that turn; those for the call stand on.
  if (isTurn && (act.interaction_id !== undefined || draft.state.call.override)) return
  const override: Call['override'] = { instructions: act.text, by: by.name, at, command_id }
  if (act.scope) override.scope = act.scope
  patchCall(draft, { override: { ...override, ...endOf(received, isTurn ? undefined : act.duration_s) } })
}

/** Somebody ends a hold, the server's clock or a person: its own deadline counts no more, whatever comes of it. */
export function disarm(draft: Draft, action: Intervention['action']): void {
  const { call, openActs } = draft.state
  if (action === 'resume') {
    if (call.pause?.until) patchCall(draft, { pause: withoutEnd(call.pause) })
    if (openActs.some((act) => act.action === 'pause' && act.duration_s !== undefined))
      patchState(draft, {
        openActs: openActs.map((act) => (act.action === 'pause' ? withoutDuration(act) : act)),
      })
  }
  if (action === 'clear_override' && call.override?.until)
    patchCall(draft, { override: withoutEnd(call.override) })
}

/** The AI has spoken: instructions for one turn are done. */
export function endTurn(draft: Draft, commandId: unknown): void {
  const { override } = draft.state.call
  if (override?.scope === 'turn' && override.command_id !== commandId)
    patchCall(draft, { override: undefined } as unknown as Partial<Call>)
}

/** The AI speaks again, whoever said so: nothing is left to resume. */
export function tidyPause(draft: Draft): void {
  const { pause, ai_paused } = draft.state.call
  if (pause && ai_paused !== true) patchCall(draft, { pause: undefined } as unknown as Partial<Call>)
}

/** When the server has to do something about the call by itself, epoch ms; null when never. */
export function dueOf({
  call,
  openActs,
  escalation,
}: Pick<CallState, 'call' | 'openActs' | 'escalation'>): number | null {
  if (!isLive(call.status)) return null
  // Most calls have nothing that ends by itself.
  const { claimed_by, pause, override } = call
  if (!claimed_by && !pause && !override && !escalation && openActs.length === 0) return null
  const ends: number[] = []
  const { deadline } = escalation?.transfer ?? {}
  for (const until of [claimed_by?.until, pause?.until, override?.until, deadline])
    if (until !== undefined) ends.push(Date.parse(until))
  for (const act of openActs) {
    const end = unconfirmedEnd(act)
    if (end !== null) ends.push(end)
  }
  return ends.length > 0 ? Math.min(...ends) : null
}

/** A pause that the platform took and never confirmed ends too: epoch ms, null of any other act. */
export function unconfirmedEnd(act: Intervention): number | null {
  if (act.action !== 'pause' || act.duration_s === undefined || act.state === 'sent') return null
  return Date.parse(act.at) + act.duration_s * 1000
}

function withoutEnd<T extends { until?: string | undefined }>(hold: T): Omit<T, 'until'> {
  const { until: _, ...rest } = hold
  return rest
}

function withoutDuration(act: Intervention): Intervention {
  const { duration_s: _, ...rest } = act
  return rest
}
