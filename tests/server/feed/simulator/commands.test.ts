import { expect, test } from 'vitest'
import { type FloorRig, openFloor, openWithTalk, updatesOf } from '#tests/server/feed/simulator/floor-rig.ts'

const receipt = (rig: FloorRig, id: string) => rig.receiptsOf(id).map(({ state }) => state)

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
  expect(updatesOf(rig, callId).at(-1)).toMatchObject({ ai_paused: true })
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
  expect(updatesOf(rig, callId).at(-1)).toMatchObject({ ai_paused: false })
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
    const statuses = updatesOf(rig, callId).flatMap(({ status }) => (status ? [status] : []))
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
