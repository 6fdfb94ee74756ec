import { randomInt } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import type { CallInteraction } from '#contract/transcript.ts'
import type { EventFrame, ServerFrame, SubscribedFrame } from '#contract/protocol.ts'
import { ask, deliver } from '#tests/support/ask.ts'
import { callStarted, lineSaid } from '#tests/support/facts.ts'
import { type ProtocolClient, connect } from '#tests/support/protocol-client.ts'
import { type RunningServer, cleanUp, makeDataFolder, startProcess } from '#tests/support/server-process.ts'

afterAll(cleanUp)

const senders = 20
const rounds = 3

interface Sent {
  id: string
  callId: string
  acknowledged: boolean
}

const factsOf = ({ id, callId }: Sent) => [
  callStarted(callId),
  lineSaid(callId, `${id}-1`),
  lineSaid(callId, `${id}-2`),
]
const isSubscribed = (frame: ServerFrame): frame is SubscribedFrame => frame.event === 'subscribed'
const logged = (frame: ServerFrame): frame is EventFrame => 'seq' in frame && frame.seq !== undefined

/** Twenty senders at once, each one delivery after another, until the server is gone. */
async function load(url: string, round: number, sent: Sent[], onAcknowledged: () => void): Promise<void> {
  const sender = async (index: number) => {
    for (let count = 0; ; count++) {
      const delivery = {
        id: `d-${round}-${index}-${count}`,
        callId: `call-${round}-${index}`,
        acknowledged: false,
      }
      sent.push(delivery)
      const answer = await deliver(url, { id: delivery.id, events: factsOf(delivery) }).catch(() => null)
      if (answer === null) return
      expect(answer.status).toBe(200)
      delivery.acknowledged = true
      onAcknowledged()
    }
  }
  await Promise.all(Array.from({ length: senders }, (_, index) => sender(index)))
}

/** How often each line of the calls is stored. One request a call, for a user may ask 100 times a minute. */
async function countLines(server: RunningServer, person: string, callIds: Iterable<string>) {
  const token = await server.signIn(person)
  const counts = new Map<string, number>()
  for (const callId of new Set(callIds)) {
    const path = `GET /api/v1/calls/${callId}/interactions`
    const { status, body } = await ask<{ interactions: CallInteraction[] }>(server.url, path, { token })
    if (status === 404) continue
    expect(status).toBe(200)
    for (const { text } of body.interactions) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return ({ id }: Sent) => [id, counts.get(`Line ${id}-1`), counts.get(`Line ${id}-2`)]
}

/** Subscribes to every line, after a position when there is one. */
async function listen(server: RunningServer, token: string, last: { seq: number; log: string } | null) {
  const client = await connect(server.url, 'websocket', token)
  const since = last === null ? {} : { since: last.seq, log: last.log }
  client.send('subscribe', { type: 'all_calls', lines: 'all', ...since })
  return { client, subscribed: await client.next(isSubscribed) }
}

const seqsOf = (client: ProtocolClient) => client.frames.filter(logged).map(({ seq }) => seq as number)

test('what was acknowledged survives kill -9 under load, once each, and a console resumes without a gap', async () => {
  const dataDir = makeDataFolder()
  const sent: Sent[] = []
  const heard: number[] = []
  let last: { seq: number; log: string } | null = null

  for (let round = 1; round <= rounds; round++) {
    const server = await startProcess({ DATA_DIR: dataDir })
    const token = await server.signIn('manager')
    const { client, subscribed }: Awaited<ReturnType<typeof listen>> = await listen(server, token, last)
    if (last !== null)
      expect(subscribed.data).toMatchObject({ mode: 'resumed', log: last.log, seq: last.seq })
    const killAfter = randomInt(5, 120)
    let acknowledged = 0
    await load(server.url, round, sent, () => {
      acknowledged += 1
      if (acknowledged === killAfter) process.kill(server.pid, 'SIGKILL')
    })
    expect(await server.exited).toEqual({ code: null, signal: 'SIGKILL' })
    await client.closed
    heard.push(...seqsOf(client))
    last = { seq: heard.at(-1) ?? subscribed.data.seq, log: subscribed.data.log }
  }

  const server = await startProcess({ DATA_DIR: dataDir })
  const token = await server.signIn('manager')
  const { client, subscribed } = await listen(server, token, last)
  expect(subscribed.data).toMatchObject({ mode: 'resumed', log: last?.log })
  const callIds = sent.map(({ callId }) => callId)
  const stored = await countLines(server, 'owner', callIds)
  const acknowledged = sent.filter((delivery) => delivery.acknowledged)
  expect(acknowledged.map(stored)).toEqual(acknowledged.map(({ id }) => [id, 1, 1]))
  // What was not acknowledged is sent again, as a platform does: taken or known, and then it is there once too.
  for (const delivery of sent.filter((one) => !one.acknowledged))
    expect((await deliver(server.url, { id: delivery.id, events: factsOf(delivery) })).status).toBe(200)
  const after = await countLines(server, 'dispatcher', callIds)
  expect(sent.map(after)).toEqual(sent.map(({ id }) => [id, 1, 1]))
  // The last fact of all has to be heard before the count of positions is complete.
  await deliver(server.url, { id: 'last', events: [lineSaid('call-1-0', 'last words')] })
  await client.until((frames) => JSON.stringify(frames).includes('Line last words'))
  heard.push(...seqsOf(client))
  const first = heard[0] ?? 0
  expect(heard).toEqual(heard.map((_, index) => first + index))
  expect(acknowledged.length).toBeGreaterThanOrEqual(rounds * 5)
  expect((await server.stop('SIGTERM')).code).toBe(0)
}, 120_000)
