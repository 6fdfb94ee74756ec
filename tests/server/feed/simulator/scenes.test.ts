import { expect, test } from 'vitest'
import { asksForHuman, foldLine, saysRecordingNotice } from '#server/domain/spoken-rules.ts'
import type { SceneName } from '#server/feed/simulator/scene.ts'
import { type FloorRig, openFloor } from '#tests/server/feed/simulator/floor-rig.ts'

/** A stretch of a floor in the scene, and its numbers. */
async function watch(scene: SceneName) {
  const rig = openFloor({ calls: 60, speed: 10, scene, seed: 'scenes', checks: false })
  rig.simulator.start()
  await rig.time.pass(180_000)
  const ids = rig.startedIds()
  const lines = ids.flatMap((id) => rig.linesOf(id))
  const moods = lines.flatMap(({ sentiment }) => (sentiment ? [sentiment.score] : []))
  const talked = ids
    .map((id) => rig.linesOf(id).filter(({ speaker }) => speaker === 'ai'))
    .filter((ai) => ai.length >= 4)
  return {
    rig,
    live: rig.simulator.stats().live,
    arrivals: rig.simulator.stats().arrivalsPerMinute,
    negative: moods.filter((mood) => mood < 0.4).length / moods.length,
    failedTools: lines.filter(({ metadata }) => metadata?.failed).length / ids.length,
    noticed:
      talked.filter((ai) => ai.slice(0, 4).some(({ text }) => saysRecordingNotice(foldLine(text)))).length /
      talked.length,
    asking:
      lines.filter(({ speaker, text }) => speaker === 'customer' && asksForHuman(foldLine(text))).length /
      ids.length,
  }
}

const endedAt = (rig: FloorRig, callId: string) =>
  rig.ofCall(callId).findIndex(({ event }) => event === 'call.ended')

test('a storm brings many more calls, angry people and failing tools', async () => {
  const [calm, storm] = [await watch('calm'), await watch('storm')]
  expect(storm.arrivals / calm.arrivals).toBeGreaterThan(1.4)
  expect(storm.live).toBeGreaterThan(calm.live * 1.25)
  expect(storm.negative).toBeGreaterThan(calm.negative + 0.25)
  expect(storm.failedTools).toBeGreaterThan(calm.failedTools * 2)
})

test('in a breach the recording notice is left out and people wait for a person', async () => {
  const [calm, breach] = [await watch('calm'), await watch('breach')]
  expect(calm.noticed).toBeGreaterThan(0.85)
  expect(breach.noticed).toBeLessThan(0.45)
  expect(breach.asking).toBeGreaterThan(calm.asking * 1.8)
})

test('with a cut line one business goes silent for long, its lines come late and some after the end', async () => {
  const { rig } = await watch('cut-line')
  const started = rig.facts.flatMap((fact) => (fact.event === 'call.started' ? [fact.data.call] : []))
  const late = new Set<string>()
  for (const { id, business_id = '' } of started) {
    const facts = rig.ofCall(id)
    const end = endedAt(rig, id)
    if (end >= 0 && facts.slice(end).some(({ event }) => event === 'interaction.added')) late.add(business_id)
    const numbers = rig.linesOf(id).map((line) => Number(line.id.slice(1)))
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
  }
  expect([...late]).toEqual(['b-roof'])

  const calm = await watch('calm')
  for (const id of calm.rig.startedIds()) {
    const end = endedAt(calm.rig, id)
    const after = end < 0 ? [] : calm.rig.ofCall(id).slice(end + 1)
    expect(after).toEqual([])
  }
})

test('a cut line loses nothing: every line that was said is reported in the end', async () => {
  const rig = openFloor({ calls: 12, scene: 'cut-line', seed: 'whole', speed: 4 })
  rig.simulator.start()
  await rig.time.pass(150_000)
  await rig.simulator.stop()
  for (const id of rig.startedIds()) {
    const numbers = rig.linesOf(id).map((line) => Number(line.id.slice(1)))
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    expect(rig.hasEnded(id)).toBe(true)
  }
  // A call that played out ends right after its last line; so no line is missing at the end either.
  const playedOut = rig.facts.flatMap((fact) =>
    fact.event === 'call.ended' && fact.data.status === 'completed' && !fact.data.reason ? [fact.data] : [],
  )
  expect(playedOut.length).toBeGreaterThan(15)
  for (const { call_id, ended_at = '' } of playedOut)
    expect(Date.parse(ended_at) - Date.parse(rig.linesOf(call_id).at(-1)?.timestamp ?? '')).toBeLessThan(500)
})
