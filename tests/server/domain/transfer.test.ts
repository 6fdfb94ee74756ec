import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Transfer, TransferState } from '#contract/transfer.ts'
import {
  type TransferMove,
  dueStep,
  isUnsettled,
  mostAttempts,
  moveTransfer,
  startTransfer,
  statusOf,
  transferLimitsMs,
} from '#server/domain/transfer.ts'

const start = Date.parse('2026-11-20T14:00:00.000Z')
const iso = (second: number) => new Date(start + second * 1000).toISOString()
const priya = { id: 'priya', name: 'Priya Raman' }
const marcus = { id: 'marcus', name: 'Marcus Bell' }

/** The moves one second after the other; those that are not possible are left out. */
function after(moves: readonly TransferMove[], from = startTransfer(iso(0), { agent: priya })): Transfer {
  return moves.reduce(
    (transfer, move, index) => moveTransfer(transfer, move, iso(index + 1)) ?? transfer,
    from,
  )
}

const no: TransferMove = { kind: 'miss', how: 'rejected', reason: 'In a meeting.' }

test.each<[string, TransferMove[], TransferState, string]>([
  ['the platform rings', [{ kind: 'ring' }], 'ringing', 'pending'],
  ['the agent takes it', [{ kind: 'ring' }, { kind: 'accept' }], 'accepted', 'in_progress'],
  [
    'agent and caller speak',
    [{ kind: 'ring' }, { kind: 'accept' }, { kind: 'bridge' }],
    'bridged',
    'in_progress',
  ],
  [
    'the agent is done',
    [{ kind: 'accept' }, { kind: 'bridge' }, { kind: 'complete' }],
    'completed',
    'completed',
  ],
  ['the agent says no', [{ kind: 'ring' }, no], 'rejected', 'pending'],
  ['the next one is asked', [{ kind: 'ring' }, no, { kind: 'ask', agent: marcus }], 'briefing', 'pending'],
  [
    'somebody else takes it while it rings',
    [{ kind: 'ring' }, { kind: 'accept', agent: marcus }],
    'accepted',
    'in_progress',
  ],
  ['it is withdrawn', [{ kind: 'ring' }, { kind: 'cancel' }], 'cancelled', 'cancelled'],
  [
    'nobody is asked any more',
    [{ kind: 'ring' }, no, { kind: 'settle', outcome: 'back_to_ai' }],
    'rejected',
    'cancelled',
  ],
  ['the line to the agent fails', [{ kind: 'accept' }, { kind: 'miss', how: 'failed' }], 'failed', 'pending'],
])('%s', (_, moves, state, status) => {
  const transfer = after(moves)
  expect(transfer.state).toBe(state)
  expect(statusOf(transfer)).toBe(status)
})

test.each<[string, TransferMove[], TransferMove]>([
  ['a second person cannot take what somebody has', [{ kind: 'accept' }], { kind: 'accept', agent: marcus }],
  [
    'nobody else is asked while two speak',
    [{ kind: 'accept' }, { kind: 'bridge' }],
    { kind: 'ask', agent: marcus },
  ],
  ['a late no of somebody who speaks already says nothing', [{ kind: 'accept' }, { kind: 'bridge' }], no],
  ['what is withdrawn stays withdrawn', [{ kind: 'cancel' }], { kind: 'accept', agent: marcus }],
  ['what is done stays done', [{ kind: 'accept' }, { kind: 'complete' }], { kind: 'cancel' }],
  [
    'what went back to the AI is not taken any more',
    [{ kind: 'settle', outcome: 'back_to_ai' }],
    { kind: 'accept', agent: marcus },
  ],
])('%s', (_, moves, late) => {
  expect(moveTransfer(after(moves), late, iso(60))).toBeNull()
})

test('every person who was asked stands there with how it went and why', () => {
  const { attempts } = after([
    { kind: 'ring' },
    no,
    { kind: 'ask', agent: marcus },
    { kind: 'ring' },
    { kind: 'accept' },
  ])
  expect(attempts).toEqual([
    { agent: priya, state: 'rejected', at: iso(0), ended_at: iso(2), reason: 'In a meeting.' },
    { agent: marcus, state: 'accepted', at: iso(3) },
  ])
})

test('after three people the AI goes on instead of asking a fourth', () => {
  const others = ['b', 'c'].flatMap((id): TransferMove[] => [{ kind: 'ask', agent: { id, name: id } }, no])
  const transfer = after([no, ...others])
  expect(transfer.attempts).toHaveLength(mostAttempts)
  expect(dueStep(transfer, Date.parse(iso(600)))).toEqual({ follow: 'back_to_ai' })
})

describe('when the time of a state is over', () => {
  test.each<[string, TransferMove[], unknown]>([
    ['the platform that does not ring is given up', [], { move: { kind: 'miss', how: 'timed_out' } }],
    [
      'ringing ends',
      [{ kind: 'ring' }],
      { move: { kind: 'miss', how: 'timed_out', reason: 'Priya Raman did not pick up.' } },
    ],
    ['who cannot be connected is given up', [{ kind: 'accept' }], { move: { kind: 'miss', how: 'failed' } }],
    [
      'a call of hours is only taken off the record',
      [{ kind: 'accept' }, { kind: 'bridge' }],
      { move: { kind: 'complete' } },
    ],
    ['after a no the fallback follows', [no], { follow: 'next_agent' }],
    [
      'the fallback that was chosen follows',
      [{ kind: 'choose_fallback', fallback: 'callback' }, no],
      { follow: 'callback' },
    ],
  ])('%s', (_, moves, step) => {
    const transfer = after(moves)
    const deadline = Date.parse(transfer.deadline ?? '')
    expect(dueStep(transfer, deadline - 1)).toBeNull()
    expect(dueStep(transfer, deadline)).toMatchObject(step as object)
  })

  test('a request without anybody looks for an agent', () => {
    const transfer = startTransfer(iso(0))
    expect(dueStep(transfer, start + (transferLimitsMs.requested ?? 0))).toEqual({ follow: 'next_agent' })
  })
})

const person = fc.constantFrom(priya, marcus, { id: 'wen', name: 'Wen Zhao' })
const anyMove: fc.Arbitrary<TransferMove> = fc.oneof(
  person.map((agent): TransferMove => ({ kind: 'ask', agent })),
  fc.option(person, { nil: undefined }).map((agent): TransferMove => ({ kind: 'accept', agent })),
  fc.constantFrom('rejected', 'failed', 'timed_out').map((how): TransferMove => ({ kind: 'miss', how })),
  fc.constantFrom('back_to_ai', 'callback').map((outcome): TransferMove => ({ kind: 'settle', outcome })),
  fc.constantFrom<TransferMove>(
    { kind: 'ring' },
    { kind: 'bridge' },
    { kind: 'wait' },
    { kind: 'complete' },
    { kind: 'cancel' },
    { kind: 'choose_fallback', fallback: 'callback' },
  ),
)

test('whatever happens in whatever order, the call is never lost: it is settled, or a timer leads to somebody', () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 30 }), fc.boolean(), (moves, isAsked) => {
      let transfer = startTransfer(iso(0), isAsked ? { agent: priya } : {})
      let holder: string | undefined
      for (const [index, move] of moves.entries()) {
        const next = moveTransfer(transfer, move, iso(index + 1))
        if (next === null) continue
        // One owner at a time: who has it keeps it until they are done or cannot be reached.
        if (holder !== undefined && statusOf(next) === 'in_progress') expect(next.agent?.id).toBe(holder)
        holder = statusOf(next) === 'in_progress' ? next.agent?.id : undefined
        if (statusOf(next) === 'in_progress') expect(holder).toBeDefined()
        transfer = next
      }
      if (isUnsettled(transfer)) {
        expect(transfer.deadline).toBeDefined()
        expect(dueStep(transfer, Date.parse(transfer.deadline ?? ''))).not.toBeNull()
      } else {
        expect(transfer.deadline).toBeUndefined()
        expect(['completed', 'cancelled']).toContain(statusOf(transfer))
      }
    }),
  )
})

test('left alone, every transfer settles by its timers after a bounded number of steps', () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 12 }), (moves) => {
      let transfer = after(moves)
      for (let step = 0; step < 12 && isUnsettled(transfer); step++) {
        const at = transfer.deadline ?? ''
        const due = dueStep(transfer, Date.parse(at))
        // Nobody is free: the worst case of every fallback.
        const move: TransferMove | undefined =
          due && 'move' in due ? due.move : { kind: 'settle', outcome: 'back_to_ai' }
        transfer = moveTransfer(transfer, move, at) ?? transfer
      }
      expect(isUnsettled(transfer)).toBe(false)
    }),
  )
})
