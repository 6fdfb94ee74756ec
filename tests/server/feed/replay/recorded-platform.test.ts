import { expect, test } from 'vitest'
import type { ControlCommand } from '#server/domain/voice-platform.ts'
import { dialogue, replayOf } from '#tests/server/feed/replay/replay-fixture.ts'

const by = { id: 'u1', name: 'Mia' }
const base = { id: 'c1', companyId: 'demo', callId: 'x', by }
const never = new AbortController().signal

test.each<ControlCommand>([
  { ...base, action: 'send_message', text: 'Hello' },
  { ...base, action: 'pause' },
  { ...base, action: 'resume' },
  { ...base, action: 'override_instructions', text: 'Be kind' },
  { ...base, action: 'transfer', agent: { id: 'a', name: 'Ann' } },
  { ...base, action: 'dial', toNumber: '+12105550100' },
])('a recorded call refuses to $action and says why', async (command) => {
  const { replay } = await replayOf(dialogue(4))
  const answer = await replay.platform.send(command, never)
  expect(answer.state).toBe('refused')
  expect(answer.detail).toMatch(/^A recorded call cannot be /)
})

test('a recorded call can be ended, once, and the receipt follows', async () => {
  const { replay, time, callIds, of, lines } = await replayOf(dialogue(40))
  await replay.start()
  await time.advance(20_000)
  const [callId = ''] = callIds()
  const end = { ...base, callId, action: 'end', reason: 'Wrong number' } as const
  expect(await replay.platform.send(end, never)).toEqual({ state: 'delivered' })
  expect(await replay.platform.send(end, never)).toEqual({ state: 'delivered' })
  expect(await replay.platform.send({ ...end, id: 'c2' }, never)).toEqual({
    state: 'refused',
    detail: 'This call is over.',
  })
  await time.until(() => replay.stats().finished, 'the end')
  expect(of('call.ended')).toEqual([
    { event: 'call.ended', data: { call_id: callId, status: 'completed', reason: 'Wrong number' } },
  ])
  expect(of('intervention.updated')).toEqual([
    { event: 'intervention.updated', data: { call_id: callId, command_id: 'c1', state: 'applied' } },
  ])
  expect(lines().length).toBeLessThan(40)
})

test('a call nobody plays cannot be ended', async () => {
  const { replay } = await replayOf(dialogue(4))
  expect(await replay.platform.send({ ...base, action: 'end' }, never)).toMatchObject({ state: 'refused' })
})
