import { expect, test } from 'vitest'
import { openWithTalk, updatesOf } from '#tests/server/feed/simulator/floor-rig.ts'

const agent = { id: 'a-1', name: 'Dana Whitfield' }

/** Hands a call to Dana and waits for what comes of it; the seed decides whether she picks up. */
async function transferred(seed: string) {
  const { rig, callId } = await openWithTalk(seed)
  const { id, answer } = await rig.command(callId, { action: 'transfer', agent })
  expect(answer).toEqual({ state: 'delivered' })
  const sentAt = rig.time.clock.now()
  await rig.until(() => rig.receiptsOf(id).length > 0, 'the transfer is answered', 60_000)
  return { rig, callId, id, waitedMs: rig.time.clock.now() - sentAt }
}

test('a person picks up after a while, speaks as agent, settles it, and the escalation is completed', async () => {
  const { rig, callId, id, waitedMs } = await transferred('commands')
  expect(rig.receiptsOf(id)).toMatchObject([{ state: 'applied', detail: 'Dana Whitfield picked up.' }])
  expect(waitedMs).toBeGreaterThanOrEqual(8000)
  expect(waitedMs).toBeLessThan(27_000)
  const before = rig.linesOf(callId).length
  await rig.until(() => rig.hasEnded(callId), 'the person is done')
  const after = rig.linesOf(callId).slice(before)
  expect(after[0]).toMatchObject({ speaker: 'agent', text: expect.stringContaining('Dana') })
  expect(after.every(({ speaker }) => speaker !== 'ai')).toBe(true)
  expect(after.some(({ speaker }) => speaker === 'customer')).toBe(true)
  const moods = after.flatMap(({ sentiment }) => (sentiment ? [sentiment.score] : []))
  expect(moods.at(-1)).toBeGreaterThan(0.55)
  expect(updatesOf(rig, callId).at(-1)).toMatchObject({ answered_by: 'human', assigned_agent_id: 'a-1' })
  const events = rig.ofCall(callId).map(({ event }) => event)
  expect(events.filter((event) => event.startsWith('escalation'))).toEqual([
    'escalation.updated',
    'escalation.updated',
    'escalation.completed',
  ])
  expect(events.slice(-2)).toEqual(['escalation.completed', 'call.ended'])
  expect(rig.ofCall(callId).find(({ event }) => event === 'escalation.updated')).toMatchObject({
    data: { escalation: { status: 'in_progress', assigned_agent_id: 'a-1' } },
  })
})

/** Tries seeds until the person who is rung does what is wanted. */
async function transferredUntil(state: 'rejected' | 'timed_out') {
  for (let seed = 0; seed < 90; seed++) {
    const tried = await transferred(`nobody ${seed}`)
    const { rig, callId } = tried
    const told = rig
      .ofCall(callId)
      .flatMap((fact) => (fact.event === 'escalation.updated' ? [fact.data.escalation] : []))
    if (told[0]?.transfer?.state === state) return { ...tried, told }
  }
  throw new Error(`nobody ${state} ninety times`)
}

test('sometimes nobody picks up: the desk is told why, and the caller stays on hold', async () => {
  const { rig, callId, id, told } = await transferredUntil('timed_out')
  expect(told).toEqual([{ transfer: { state: 'timed_out', reason: 'Dana Whitfield did not pick up.' } }])
  expect(rig.receiptsOf(id)).toMatchObject([{ state: 'refused', detail: 'Dana Whitfield did not pick up.' }])
  const before = rig.linesOf(callId).length
  await rig.time.pass(10_000)
  expect(rig.linesOf(callId)).toHaveLength(before)
})

test('when the desk says nothing about what comes next, the AI comes back by itself', async () => {
  const { rig, callId } = await transferredUntil('timed_out')
  const before = rig.linesOf(callId).length
  await rig.time.pass(40_000)
  expect(rig.linesOf(callId)[before]).toMatchObject({ speaker: 'ai', text: expect.stringContaining('Dana') })
  await rig.until(() => rig.hasEnded(callId), 'the call ends')
})

test('after a no the next person can be rung, and takes the call', async () => {
  const { rig, callId, told } = await transferredUntil('rejected')
  expect(told[0]?.transfer?.reason).toMatch(/^Dana Whitfield /)
  const marcus = { id: 'a-2', name: 'Marcus Bell' }
  const { id } = await rig.command(callId, { action: 'transfer', agent: marcus, answered: true })
  await rig.until(() => rig.receiptsOf(id).length > 0, 'Marcus is connected', 20_000)
  expect(rig.receiptsOf(id)).toMatchObject([{ state: 'applied', detail: 'Marcus Bell picked up.' }])
})

test('when nobody is asked any more the AI says what it is told and goes on', async () => {
  const { rig, callId } = await transferredUntil('rejected')
  const before = rig.linesOf(callId).length
  const text = "I'm sorry, nobody is free."
  const { id } = await rig.command(callId, { action: 'cancel_transfer', text })
  await rig.time.pass(12_000)
  expect(rig.linesOf(callId)[before]).toMatchObject({ speaker: 'ai', text, metadata: { command_id: id } })
  await rig.until(() => rig.hasEnded(callId), 'the call goes on and ends')
})

test('handed back, the AI tells the caller what the person promised and goes on from there', async () => {
  const { rig, callId } = await transferred('commands')
  const text = 'Dana Whitfield promised: a crew on Thursday.'
  const { id, answer } = await rig.command(callId, { action: 'hand_back', text })
  expect(answer).toEqual({ state: 'delivered' })
  const before = rig.linesOf(callId).length
  await rig.until(() => rig.hasEnded(callId), 'the AI ends the call')
  const after = rig.linesOf(callId).slice(before)
  expect(after[0]).toMatchObject({ speaker: 'ai', metadata: { command_id: id } })
  expect(after[0]?.text).toContain(text)
  expect(after.every(({ speaker }) => speaker !== 'agent')).toBe(true)
})

test('the AI has nothing to take back while no person has the call', async () => {
  const { rig, callId } = await openWithTalk()
  const { answer } = await rig.command(callId, { action: 'hand_back', text: 'Nothing.' })
  expect(answer).toMatchObject({ state: 'refused', detail: expect.stringContaining('No person') })
})

test('once a person has the call the AI is not steered any more', async () => {
  const { rig, callId } = await transferred('commands')
  for (const command of [
    { action: 'send_message', text: 'Hello' },
    { action: 'override_instructions', text: 'Be brief' },
    { action: 'pause' },
    { action: 'resume' },
    { action: 'transfer', agent },
  ] as const) {
    const { answer } = await rig.command(callId, command)
    expect(answer).toMatchObject({
      state: 'refused',
      detail: expect.stringMatching(/person|already on this call/),
    })
  }
  const { answer } = await rig.command(callId, { action: 'end' })
  expect(answer.state).toBe('delivered')
  await rig.time.pass(1000)
  expect(rig.ofCall(callId).some(({ event }) => event === 'escalation.completed')).toBe(true)
  expect(rig.hasEnded(callId)).toBe(true)
})
