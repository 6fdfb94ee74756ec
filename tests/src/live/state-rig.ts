// States of the live store and frames for them, as the tests of its rules need them.
import type { EventFrame, Stream } from '#contract/protocol.ts'
import { emptyOpenCall } from '#src/live/apply-open.ts'
import type { LiveState, OpenCall } from '#src/live/live-state.ts'
import { madeAt, makeCall, makeFrame, makeLine } from '#tests/support/factories.ts'

export const at = (seconds: number): string => new Date(Date.parse(madeAt) + seconds * 1000).toISOString()

export function makeState(over: Partial<LiveState> = {}): LiveState {
  return {
    connection: {
      status: 'live',
      since: 0,
      lastFrameAt: 0,
      clockOffsetMs: 0,
      lastGapMs: null,
      lastGapAt: null,
      reason: null,
      nextTryAt: null,
      dropped: { malformed: 0, duplicate: 0, unknown: 0 },
    },
    loaded: true,
    calls: new Map(),
    latestIntervention: new Map(),
    claimNews: new Map(),
    escalationNews: new Map(),
    openCalls: new Map(),
    pending: new Map(),
    ...over,
  }
}

export const opened = (over: Partial<OpenCall> = {}): OpenCall => ({
  ...emptyOpenCall('c1'),
  status: 'ready',
  call: makeCall({ id: 'c1' }),
  ...over,
})
export const withOpen = (over: Partial<OpenCall> = {}): LiveState =>
  makeState({ openCalls: new Map([['c1', opened(over)]]) })
export const floorOf = (...ids: string[]): LiveState =>
  makeState({ calls: new Map(ids.map((id) => [id, makeCall({ id })])) })
export const said = (id: number, stream: Stream = 'call:c1'): EventFrame =>
  makeFrame('interaction.added', { call_id: 'c1', interaction: makeLine({ id }) }, { stream })
export const idsOf = (state: LiveState): number[] =>
  state.openCalls.get('c1')?.lines.map((line) => line.id) ?? []
