// Facts as a voice platform reports them, for tests; every member can be overridden.
import type { CallReport, LineReport } from '#contract/telephony.ts'
import type { TelephonyEvent } from '#contract/telephony.ts'

/** The call started; it is in progress unless told otherwise. */
export function callStarted(id: string, over: Partial<CallReport> = {}): TelephonyEvent {
  return {
    event: 'call.started',
    data: {
      call: { id, status: 'in_progress', from_number: '+12105550142', to_number: '+12105550100', ...over },
    },
  }
}

/** The customer said something; `id` is unique to the call. */
export function lineSaid(call_id: string, id: string, over: Partial<LineReport> = {}): TelephonyEvent {
  return {
    event: 'interaction.added',
    data: { call_id, interaction: { id, speaker: 'customer', text: `Line ${id}`, ...over } },
  }
}

/** The call is over. */
export function callEnded(
  call_id: string,
  over: Partial<Extract<TelephonyEvent, { event: 'call.ended' }>['data']> = {},
): TelephonyEvent {
  return { event: 'call.ended', data: { call_id, ...over } }
}
