import { expect, test } from 'vitest'
import { type FloorRig, openFloor, talkingCall } from '#tests/server/feed/simulator/floor-rig.ts'

async function openWithTalk(seed = 'commands') {
  const rig = openFloor({ calls: 6, seed })
  rig.simulator.start()
  return { rig, callId: await talkingCall(rig) }
}

const updates = (rig: FloorRig, callId: string) =>
  rig.ofCall(callId).flatMap((fact) => (fact.event === 'call.updated' ? [fact.data.call] : []))
const receipt = (rig: FloorRig, id: string) => rig.receiptsOf(id).map(({ state }) => state)
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

test('a message is the next thing the AI says, word for word, and the line names the command', async () => {
  const { rig, callId } = await openWithTalk()
  const before = rig.linesOf(callId).length
  const text = 'We can waive the {visit} fee | today. 🙂'
  const { id, answer } = await rig.command(callId, { action: 'send_message', text })
  expect(answer).toEqual({ state: 'delivered' })
  await rig.time.pass(9000)
  const fresh = rig.linesOf(callId).slice(before)
  const spoken = fresh.find(({ speaker }) => speaker === 'ai')
  expect(spoken).toMatchObject({ text, metadata: { command_id: id } })
  await rig.until(() => rig.hasEnded(callId), 'the call goes on and ends')
  expect(rig.linesOf(callId).filter(({ metadata }) => metadata?.command_id === id)).toHaveLength(1)
  expect(rig.receiptsOf(id)).toEqual([])
  expect(rig.linesOf(callId).length).toBeGreaterThan(before + 3)
})

test('two messages are spoken in the order they were sent', async () => {
  const { rig, callId } = await openWithTalk()
  await rig.command(callId, { action: 'send_message', text: 'First.' })
  await rig.command(callId, { action: 'send_message', text: 'Second.' })
  await rig.time.pass(15_000)
  const said = rig.linesOf(callId).flatMap(({ text, metadata }) => (metadata?.command_id ? [text] : []))
  expect(said).toEqual(['First.', 'Second.'])
})

test('a paused AI is silent, the caller asks who is there, grows angry and hangs up', async () => {
  const { rig, callId } = await openWithTalk()
  const { id } = await rig.command(callId, { action: 'pause' })
  await rig.time.pass(1000)
  expect(receipt(rig, id)).toEqual(['applied'])
  expect(updates(rig, callId).at(-1)).toMatchObject({ ai_paused: true })
  const before = rig.linesOf(callId).length
  const pausedAt = rig.time.clock.now()
  await rig.until(() => rig.hasEnded(callId), 'the caller hangs up', 130_000)
  expect(rig.time.clock.now() - pausedAt).toBeGreaterThan(55_000)
  const during = rig.linesOf(callId).slice(before)
  expect(during.every(({ speaker }) => speaker === 'customer')).toBe(true)
  expect(during.some(({ text }) => /hello|there/i.test(text))).toBe(true)
  expect(during.length).toBeGreaterThanOrEqual(4)
  const moods = during.map(({ sentiment }) => sentiment?.score ?? 1)
  expect(moods.at(-1)).toBeLessThan(0.3)
  expect(moods.at(-1) ?? 1).toBeLessThan(moods[0] ?? 0)
  expect(rig.ofCall(callId).at(-1)).toMatchObject({ data: { reason: expect.stringContaining('hung up') } })
})

test('a resumed AI apologizes and the talk goes on to its end', async () => {
  const { rig, callId } = await openWithTalk()
  await rig.command(callId, { action: 'pause' })
  await rig.time.pass(30_000)
  const before = rig.linesOf(callId).length
  const { id } = await rig.command(callId, { action: 'resume' })
  await rig.time.pass(10_000)
  expect(receipt(rig, id)).toEqual(['applied'])
  expect(updates(rig, callId).at(-1)).toMatchObject({ ai_paused: false })
  const back = rig
    .linesOf(callId)
    .slice(before)
    .find(({ speaker }) => speaker === 'ai')
  expect(back?.text).toMatch(/sorry about the silence|thank you for waiting/i)
  await rig.until(() => rig.hasEnded(callId), 'the call ends')
  expect(rig.linesOf(callId).filter(({ speaker }) => speaker === 'ai').length).toBeGreaterThan(5)
})

test('a paused AI still speaks what the supervisor writes', async () => {
  const { rig, callId } = await openWithTalk()
  await rig.command(callId, { action: 'pause' })
  await rig.time.pass(8000)
  const before = rig.linesOf(callId).length
  const { id } = await rig.command(callId, {
    action: 'send_message',
    text: 'One moment, I am checking with my manager.',
  })
  await rig.time.pass(30_000)
  const ai = rig
    .linesOf(callId)
    .slice(before)
    .filter(({ speaker }) => speaker === 'ai')
  expect(ai.map(({ metadata }) => metadata?.command_id)).toEqual([id])
})

test('an override changes what the AI says from then on, and the first such line names the command', async () => {
  const { rig, callId } = await openWithTalk()
  const before = rig.linesOf(callId).length
  const text = 'Offer the customer a 10% discount'
  const { id } = await rig.command(callId, { action: 'override_instructions', text })
  await rig.until(() => rig.hasEnded(callId), 'the call ends')
  const ai = rig
    .linesOf(callId)
    .slice(before)
    .filter(({ speaker }) => speaker === 'ai')
  expect(ai[0]).toMatchObject({ text: 'Let me offer you a 10% discount.', metadata: { command_id: id } })
  expect(ai.slice(1).some(({ text }) => text.includes("I'll offer you a 10% discount"))).toBe(true)
  expect(ai.filter(({ metadata }) => metadata?.command_id === id)).toHaveLength(1)
})

test('a newer override takes the place of one that was not spoken yet', async () => {
  const { rig, callId } = await openWithTalk()
  await rig.command(callId, { action: 'pause' })
  await rig.time.pass(1000)
  const first = await rig.command(callId, { action: 'override_instructions', text: 'Be brief' })
  const second = await rig.command(callId, { action: 'override_instructions', text: 'Be patient' })
  await rig.time.pass(1000)
  expect(rig.receiptsOf(first.id)).toMatchObject([
    { state: 'refused', detail: expect.stringContaining('newer') },
  ])
  await rig.command(callId, { action: 'resume' })
  await rig.time.pass(12_000)
  const carried = rig
    .linesOf(callId)
    .flatMap(({ metadata }) => (metadata?.command_id ? [metadata.command_id] : []))
  expect(carried).toEqual([second.id])
})

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
  expect(updates(rig, callId).at(-1)).toMatchObject({ answered_by: 'human', assigned_agent_id: 'a-1' })
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

test('an ended call ends: no line follows, and the receipt says applied', async () => {
  const { rig, callId } = await openWithTalk()
  const { id } = await rig.command(callId, { action: 'end', reason: 'Abusive caller' })
  await rig.time.pass(1000)
  expect(receipt(rig, id)).toEqual(['applied'])
  expect(rig.ofCall(callId).find(({ event }) => event === 'call.ended')).toMatchObject({
    data: { status: 'completed', reason: 'Abusive caller' },
  })
  const lines = rig.linesOf(callId).length
  await rig.time.pass(60_000)
  expect(rig.linesOf(callId)).toHaveLength(lines)
})

test('what was asked for and not done when the call ended is refused, not forgotten', async () => {
  const { rig, callId } = await openWithTalk()
  await rig.command(callId, { action: 'pause' })
  const waiting = await rig.command(callId, { action: 'override_instructions', text: 'Be brief' })
  await rig.time.pass(1000)
  await rig.command(callId, { action: 'end' })
  const late = await rig.command(callId, { action: 'send_message', text: 'Too late' })
  expect(late.answer.state).toBe('delivered')
  await rig.time.pass(1000)
  for (const { id } of [waiting, late])
    expect(rig.receiptsOf(id)).toMatchObject([{ state: 'refused', detail: expect.stringContaining('ended') }])
})

test('commands for calls that are unknown, over or another company’s are refused in words', async () => {
  const { rig, callId } = await openWithTalk()
  expect((await rig.command('nowhere', { action: 'pause' })).answer).toEqual({
    state: 'refused',
    detail: 'The platform does not carry this call.',
  })
  await rig.command(callId, { action: 'end' })
  await rig.time.pass(1000)
  expect((await rig.command(callId, { action: 'pause' })).answer).toEqual({
    state: 'refused',
    detail: 'The call has already ended.',
  })
  const foreign = await rig.simulator.send(
    { id: 'x', companyId: 'acme', callId, by: { id: 'u', name: 'U' }, action: 'end' },
    new AbortController().signal,
  )
  expect(foreign.state).toBe('refused')
})

test('the same command twice is carried out once and answered the same', async () => {
  const { rig, callId } = await openWithTalk()
  const message = { action: 'send_message', text: 'Only once.' } as const
  const first = await rig.command(callId, message, 'same')
  const second = await rig.command(callId, message, 'same')
  expect(second.answer).toEqual(first.answer)
  await rig.time.pass(30_000)
  expect(rig.linesOf(callId).filter(({ text }) => text === 'Only once.')).toHaveLength(1)
})

test('a command that was given up before it was handed over is not carried out', async () => {
  const { rig, callId } = await openWithTalk()
  const command = {
    id: 'gone',
    companyId: 'demo',
    callId,
    by: { id: 'u', name: 'U' },
    action: 'end',
  } as const
  await expect(rig.simulator.send(command, AbortSignal.abort())).rejects.toThrow()
  await rig.time.pass(1000)
  expect(rig.hasEnded(callId)).toBe(false)
})

test('dialing makes an outbound call under the id that was given: initiated, ringing, then talk or no answer', async () => {
  const rig = openFloor({ calls: 2, seed: 'dial' })
  rig.simulator.start()
  await rig.time.pass(1000)
  const outcomes = new Set<string>()
  for (let n = 0; n < 25; n++) {
    const callId = `desk-${n}`
    const dial = {
      action: 'dial',
      toNumber: '+12105550177',
      businessId: 'b-heat',
      templateId: 't-1',
    } as const
    const { id, answer } = await rig.command(callId, dial)
    expect(answer).toEqual({ state: 'delivered' })
    await rig.time.pass(45_000)
    expect(receipt(rig, id)).toEqual(['applied'])
    expect(rig.ofCall(callId)[0]).toMatchObject({
      event: 'call.started',
      data: {
        call: {
          direction: 'outbound',
          status: 'initiated',
          to_number: '+12105550177',
          from_number: '+12105550102',
          business_id: 'b-heat',
          template_id: 't-1',
        },
      },
    })
    const statuses = updates(rig, callId).flatMap(({ status }) => (status ? [status] : []))
    expect(statuses[0]).toBe('ringing')
    const end = rig.ofCall(callId).find(({ event }) => event === 'call.ended')
    if (end && statuses.length === 1) expect(end).toMatchObject({ data: { status: 'failed' } })
    else expect(statuses).toEqual(['ringing', 'in_progress'])
    outcomes.add(statuses.at(-1) ?? '')
  }
  expect(outcomes).toEqual(new Set(['ringing', 'in_progress']))
  expect((await rig.command('desk-0', { action: 'dial', toNumber: '+12105550177' })).answer.state).toBe(
    'refused',
  )
  const unknown = await rig.command('desk-99', {
    action: 'dial',
    toNumber: '+12105550177',
    businessId: 'b-none',
  })
  expect(unknown.answer).toMatchObject({ state: 'refused', detail: expect.stringContaining('business') })
})
