// The signal that people were asked to take a call and did not.
import type { CallSignals } from '#contract/call.ts'
import type { Transfer } from '#contract/transfer.ts'

const missedStates = new Set(['rejected', 'failed', 'timed_out'])

/** The signals after the transfer moved: who did not come counts until somebody has the call. */
export function noteFailedTransfer(signals: CallSignals, transfer: Transfer | undefined): CallSignals {
  const { failed_transfer: _, ...others } = signals
  const missed = transfer?.attempts.filter(({ state }) => missedStates.has(state)) ?? []
  const last = missed.at(-1)
  const isTaken =
    transfer?.state === 'accepted' || transfer?.state === 'bridged' || transfer?.state === 'completed'
  if (!transfer || !last || isTaken) return others
  return {
    ...others,
    failed_transfer: { count: missed.length, to: last.agent.name, at: last.ended_at ?? last.at },
  }
}
