// Recordings of calls: served whole and in ranges, two sides as one file, and to nobody else.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Recording } from '#contract/recording.ts'
import { wavHead } from '#server/modules/recordings/wav.ts'
import { ask } from '#tests/support/ask.ts'
import { callStarted } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

const rate = 8000

/** A 16-bit mono WAV file of these samples. */
function wavOf(samples: readonly number[]): Buffer {
  const data = Buffer.alloc(samples.length * 2)
  for (const [index, sample] of samples.entries()) data.writeInt16LE(sample, index * 2)
  return Buffer.concat([wavHead({ channels: 1, rate, frames: samples.length }), data])
}

const caller = Array.from({ length: 40_000 }, (_, i) => (i % 200) * 100)
const agent = Array.from({ length: 30_000 }, (_, i) => 5 - (i % 50) * 10)

let folder: string
let server: TestServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recordings-'))
  await mkdir(join(folder, 'demo'))
  await writeFile(join(folder, 'demo', 'both-caller.wav'), wavOf(caller))
  await writeFile(join(folder, 'demo', 'both-agent.wav'), wavOf(agent))
  await writeFile(join(folder, 'demo', 'tape.mp3'), 'not really music')
  await writeFile(join(folder, 'secret.wav'), wavOf([1]))
  server = await startServer({ env: { RECORDINGS_DIR: folder } })
  await server.submit([
    callStarted('both'),
    callStarted('named', { metadata: { recording: 'tape' } }),
    callStarted('climber', { metadata: { recording: '../secret' } }),
    callStarted('silent'),
  ])
  await server.submit([callStarted('both')], 'acme')
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

async function bytes(callId: string, { person = 'manager', range = '' } = {}) {
  const response = await fetch(`${server.url}/api/v1/calls/${encodeURIComponent(callId)}/recording`, {
    headers: { authorization: `Bearer ${await server.token(person)}`, ...(range ? { range } : {}) },
  })
  return {
    status: response.status,
    headers: response.headers,
    body: Buffer.from(await response.arrayBuffer()),
  }
}

test('the two sides of a call come as the two channels of one file', async () => {
  const { status, headers, body } = await bytes('both')
  expect([status, headers.get('content-type'), headers.get('accept-ranges')]).toEqual([
    200,
    'audio/wav',
    'bytes',
  ])
  expect(body.length).toBe(44 + caller.length * 4)
  expect(body.readUInt16LE(22)).toBe(2)
  const samples = (channel: number) => caller.map((_, i) => body.readInt16LE(44 + i * 4 + channel * 2))
  expect(samples(0)).toEqual(caller)
  expect(samples(1)).toEqual([...agent, ...Array.from({ length: 10_000 }, () => 0)])
})

test.each(['bytes=0-43', 'bytes=10-70000', 'bytes=131115-131117', 'bytes=160000-', 'bytes=-7'])(
  'a range is the same bytes: %s',
  async (range) => {
    const whole = (await bytes('both')).body
    const { status, headers, body } = await bytes('both', { range })
    const [, from = '', to = ''] = /bytes (\d+)-(\d+)/.exec(headers.get('content-range') ?? '') ?? []
    expect(status).toBe(206)
    expect(body.equals(whole.subarray(Number(from), Number(to) + 1))).toBe(true)
    expect(headers.get('content-length')).toBe(String(body.length))
  },
)

test('a range behind the end is refused', async () => {
  expect((await bytes('both', { range: 'bytes=999999-' })).status).toBe(416)
})

test('a player gets length, channels and waveform before the bytes', async () => {
  const token = await server.token('dispatcher')
  const { body } = await ask<{ recording: Recording }>(
    server.url,
    'GET /api/v1/calls/both/recording/waveform',
    { token },
  )
  const { duration_seconds, channels, peaks } = body.recording
  expect([duration_seconds, channels, peaks?.length, peaks?.[0]?.length]).toEqual([
    5,
    ['caller', 'agent'],
    2,
    1200,
  ])
  expect(Math.max(...(peaks?.[0] ?? []))).toBeCloseTo(19_900 / 32_768, 2)
  expect(peaks?.[1]?.at(-1)).toBe(0)
})

test('a recording is found by the name that the feed gave it', async () => {
  const { status, headers, body } = await bytes('named', { range: 'bytes=4-9' })
  expect([status, headers.get('content-type'), body.toString()]).toEqual([206, 'audio/mpeg', 'really'])
})

test.each(['silent', 'climber'])('no recording is found for the call %s', async (callId) => {
  const { status, body } = await bytes(callId)
  expect([status, JSON.parse(body.toString()).error.code]).toEqual([404, 'RECORDING_NOT_FOUND'])
})

test('a viewer gets no recording, and another company none of ours', async () => {
  expect((await bytes('both', { person: 'viewer' })).status).toBe(403)
  const foreign = await bytes('both', { person: 'acme' })
  expect([foreign.status, JSON.parse(foreign.body.toString()).error.code]).toEqual([
    404,
    'RECORDING_NOT_FOUND',
  ])
  expect((await bytes('silent', { person: 'acme' })).status).toBe(404)
})
