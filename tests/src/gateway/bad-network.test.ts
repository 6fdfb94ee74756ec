// Whatever the network does, the console ends up showing what is true, with nothing missed and nothing twice.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeCall, makeFrame, makeLine } from '#tests/support/factories.ts'
import { type LiveRig, createLiveRig } from '#tests/support/live-rig.ts'

const callId = fc.constantFrom('a', 'b', 'c', 'd')
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('start' as const), id: callId }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('update' as const), id: callId }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('line' as const), id: callId }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), id: callId }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('deliver' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('hold' as const), on: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lose' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('far' as const), on: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('half' as const), on: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('repeat' as const), count: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('newLog' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('garble' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('paint' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 100, max: 9000 }) }),
  },
)

let counter = 0

async function play(
  { floor, wire, clock, pass }: LiveRig,
  action: typeof step extends fc.Arbitrary<infer S> ? S : never,
) {
  counter += 1
  const at = new Date(clock.now()).toISOString()
  switch (action.do) {
    case 'start':
      if (!floor.truth.has(action.id))
        floor.happen(
          makeFrame('call.started', { call: makeCall({ id: action.id, tags: [`s${counter}`] }) }, { at }),
        )
      break
    case 'update': {
      const known = floor.truth.get(action.id)
      if (known)
        floor.happen(makeFrame('call.updated', { call: { ...known, tags: [`u${counter}`] } }, { at }))
      break
    }
    case 'line':
      if (floor.truth.has(action.id)) {
        const interaction = makeLine({ id: counter, call_id: action.id })
        floor.happen(makeFrame('interaction.added', { call_id: action.id, interaction }, { at }))
      }
      break
    case 'leave':
      if (floor.truth.has(action.id)) floor.happen(makeFrame('call.left', { call_id: action.id }, { at }))
      break
    case 'deliver':
      floor.deliver()
      break
    case 'hold':
      floor.holdLines(action.on)
      break
    case 'lose':
      floor.lose()
      break
    case 'far':
      floor.refuseResumes(action.on)
      break
    case 'half':
      floor.holdParts(action.on)
      break
    case 'repeat':
      floor.repeat(action.count)
      break
    case 'cut':
      wire.sockets.at(-1)?.end(1006, 'cut')
      break
    case 'newLog':
      wire.sockets.at(-1)?.end(1012, 'restored from a backup')
      floor.newLog()
      break
    case 'garble':
      wire.sockets.at(-1)?.sayText('{"event":"call.upda')
      break
    case 'paint':
      clock.paint()
      break
    case 'wait':
      await pass(action.ms)
  }
}

test('P4–P6 any sequence of cuts, losses, repeats, held lines, resumes and changes ends in the truth of the server', async () => {
  let changes = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), async (steps) => {
      const rig = createLiveRig()
      await rig.begin()
      for (const action of steps) await play(rig, action)
      rig.floor.holdLines(false)
      rig.floor.holdParts(false)
      await rig.pass(31_000)
      rig.floor.deliver()
      await rig.pass(20_000)
      rig.floor.deliver()
      await rig.pass(7000)
      const shown = rig.store.getState().calls
      expect([...shown.keys()].toSorted()).toEqual([...rig.floor.truth.keys()].toSorted())
      for (const [id, call] of rig.floor.truth) expect(shown.get(id)).toEqual(call)
      expect(rig.connection().status).toBe('live')
      changes += rig.floor.changes
      rig.gateway.stop()
    }),
    { numRuns: 300 },
  )
  expect(changes).toBeGreaterThan(0)
}, 60_000)
