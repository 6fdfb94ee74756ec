// Frames of calls in sight are handed in before the others, and nothing of a call is ever thrown out of its order.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callIdOf } from '#contract/apply-event.ts'
import type { EventFrame } from '#contract/protocol.ts'
import { sightFirst } from '#src/worker/sight-first.ts'
import { makeFrame, makeLine } from '#tests/support/factories.ts'

const lineOf = (callId: string, id: number): EventFrame =>
  makeFrame('interaction.added', { call_id: callId, interaction: makeLine({ id }) })

/** An inbox that remembers what it was handed, and steps that run when told to. */
function rig(inSight: readonly string[]) {
  const handed: (readonly EventFrame[] | string)[] = []
  const steps: (() => void)[] = []
  const note = (word: string) => () => void handed.push(word)
  const inbox = sightFirst({
    inbox: {
      onFrames: (frames) => void handed.push(frames),
      onSnapshot: note('snapshot'),
      onSubscribed: note('subscribed'),
      onRefused: note('refused'),
      onConnection: note('connection'),
    },
    soon: (run) => void steps.push(run),
    inSight: () => new Set(inSight),
  })
  return {
    inbox,
    handed,
    turn() {
      for (const step of steps.splice(0)) step()
    },
  }
}

describe('frames of calls in sight', () => {
  it('are handed in first, the others a step later', () => {
    const { inbox, handed, turn } = rig(['b', 'd'])
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id, at) => lineOf(id, at + 1)) as [
      EventFrame,
      EventFrame,
      EventFrame,
      EventFrame,
    ]
    inbox.onFrames([a, b, c, d])
    expect(handed).toEqual([[b, d]])
    turn()
    expect(handed).toEqual([
      [b, d],
      [a, c],
    ])
  })

  it('change nothing where all or none of a batch are in sight', () => {
    const { inbox, handed, turn } = rig(['a'])
    const seen = [lineOf('a', 1), lineOf('a', 2)]
    const unseen = [lineOf('b', 3), lineOf('c', 4)]
    inbox.onFrames(seen)
    inbox.onFrames(unseen)
    expect(handed).toEqual([seen, unseen])
    turn()
    expect(handed).toHaveLength(2)
  })

  it('wait for nothing that came before them: a snapshot finds the whole batch before it handed in', () => {
    const { inbox, handed } = rig(['a'])
    const [a, b] = [lineOf('a', 1), lineOf('b', 2)]
    inbox.onFrames([a, b])
    inbox.onSnapshot({ stream: 'calls', part: 1, parts: 1, seq: 2, calls: [] }, 0)
    expect(handed).toEqual([[a], [b], 'snapshot'])
  })

  it('keep every frame once and those of a call in their order, whatever comes together', () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const batches = fc.array(fc.array(fc.constantFrom(...ids), { maxLength: 6 }), { maxLength: 8 })
    fc.assert(
      fc.property(fc.subarray(ids), batches, fc.array(fc.boolean()), (inSight, drawn, turns) => {
        const { inbox, handed, turn } = rig(inSight)
        let line = 0
        const said = drawn.map((batch) => batch.map((id) => lineOf(id, ++line)))
        for (const [index, frames] of said.entries()) {
          inbox.onFrames(frames)
          if (turns[index]) turn()
        }
        turn()
        const came = handed.flat() as EventFrame[]
        expect(came).toHaveLength(line)
        for (const id of ids)
          expect(came.filter((frame) => callIdOf(frame) === id)).toEqual(
            said.flat().filter((frame) => callIdOf(frame) === id),
          )
      }),
    )
  })
})
