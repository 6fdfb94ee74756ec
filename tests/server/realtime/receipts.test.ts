// P7: a command is answered at once, and its receipts come by the log: what was asked, what became of it, by whom.
import { describe, expect, test } from 'vitest'
import type { Intervention } from '#contract/transcript.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { ask } from '#tests/support/ask.ts'
import { type ProtocolClient, doors } from '#tests/support/protocol-client.ts'
import { fresh, named, subscribe, useRules } from '#tests/server/realtime/rule-rig.ts'

const rules = useRules({ deliverTimeoutMs: 100 })

interface Taken {
  success: boolean
  command_id: string
  state: string
}

async function intervene(callId: string, body: Record<string, unknown>) {
  const server = rules.server()
  const token = await server.token('manager')
  return ask<Taken>(server.url, `POST /api/v1/calls/${callId}/intervene`, { token, body })
}

const receiptsOf = (client: ProtocolClient, stream: string, commandId: string): Intervention[] =>
  named(client.frames, 'intervention.updated')
    .filter((frame) => frame.stream === stream && frame.data.command_id === commandId)
    .map(({ data }) => data)

const reached = (client: ProtocolClient, commandId: string, state: string) =>
  client.until(() => receiptsOf(client, 'calls', commandId).some((receipt) => receipt.state === state))

describe.each(doors)('through %s', (door) => {
  /** A live call, listened to on both streams. */
  async function listening() {
    const id = fresh()
    await rules.happen(callStarted(id))
    const client = await rules.open(door)
    await subscribe(client)
    await subscribe(client, { type: 'call', call_id: id })
    rules.server().answer = () => ({ state: 'delivered' })
    return { id, client, command_id: fresh('command') }
  }

  test('P7: a message goes from sent to delivered to applied, and names the line that said it', async () => {
    const { id, client, command_id } = await listening()
    const answer = await intervene(id, { action: 'send_message', message: 'Offer noon.', command_id })
    expect(answer).toMatchObject({ status: 200, body: { success: true, command_id, state: 'sent' } })
    await reached(client, command_id, 'delivered')
    await rules.happen(lineSaid(id, '1', { speaker: 'ai', text: 'Noon?', metadata: { command_id } }))
    await reached(client, command_id, 'applied')
    const [sent, delivered, applied] = receiptsOf(client, 'calls', command_id)
    expect(sent).toMatchObject({
      call_id: id,
      action: 'send_message',
      by: { id: 'demo-manager', name: 'Dana Whitfield' },
      state: 'sent',
      text: 'Offer noon.',
    })
    expect(delivered?.state).toBe('delivered')
    const lines = named(client.frames, 'interaction.added').filter(({ stream }) => stream === `call:${id}`)
    expect(applied).toMatchObject({ state: 'applied', interaction_id: lines[0]?.data.interaction.id })
    expect(receiptsOf(client, `call:${id}`, command_id)).toEqual([sent, delivered, applied])
  })

  test('P7: a refusal says why', async () => {
    const { id, client, command_id } = await listening()
    rules.server().answer = () => ({ state: 'refused', detail: 'The AI is speaking.' })
    expect((await intervene(id, { action: 'pause', command_id })).body.state).toBe('sent')
    await reached(client, command_id, 'refused')
    expect(receiptsOf(client, 'calls', command_id).map(({ state, detail }) => [state, detail])).toEqual([
      ['sent', undefined],
      ['refused', 'The AI is speaking.'],
    ])
  })

  test('P7: without an answer the state is unknown, until the platform speaks after all', async () => {
    const { id, client, command_id } = await listening()
    rules.server().answer = () => new Promise(() => undefined)
    await intervene(id, { action: 'pause', command_id })
    await reached(client, command_id, 'unknown')
    await rules.happen({
      event: 'intervention.updated',
      data: { call_id: id, command_id, state: 'applied' },
    })
    await reached(client, command_id, 'applied')
    expect(receiptsOf(client, 'calls', command_id).map(({ state }) => state)).toEqual([
      'sent',
      'unknown',
      'applied',
    ])
    const [paused] = named(client.frames, 'call.updated').filter(({ data }) => data.call.ai_paused === true)
    expect(paused?.data.call.id).toBe(id)
  })

  test('P7: the same command_id gives the same receipt and reaches the platform once', async () => {
    const { id, client, command_id } = await listening()
    const body = { action: 'send_message', message: 'Once.', command_id }
    const both = await Promise.all([intervene(id, body), intervene(id, body)])
    expect(both.map((answer) => [answer.status, answer.body.command_id])).toEqual([
      [200, command_id],
      [200, command_id],
    ])
    await reached(client, command_id, 'delivered')
    expect((await intervene(id, body)).body).toMatchObject({ command_id, state: 'delivered' })
    await rules.barrier(client, id)
    expect(rules.server().commands.filter((command) => command.id === command_id)).toHaveLength(1)
    expect(receiptsOf(client, 'calls', command_id).map(({ state }) => state)).toEqual(['sent', 'delivered'])
  })

  test('P7: what was still open when the call ended is refused before the end is told', async () => {
    const { id, client, command_id } = await listening()
    await intervene(id, { action: 'send_message', message: 'Too late.', command_id })
    await reached(client, command_id, 'delivered')
    await rules.happen(callEnded(id))
    await rules.barrier(client, id)
    const order = client.frames.flatMap((frame) =>
      frame.event === 'call.ended'
        ? ['call.ended']
        : frame.event === 'intervention.updated' && frame.stream === 'calls'
          ? [frame.data.state]
          : [],
    )
    expect(order.filter((word, at) => order.indexOf(word) === at)).toEqual([
      'sent',
      'delivered',
      'refused',
      'call.ended',
    ])
  })
})
