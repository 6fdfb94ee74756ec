// The pure parts of a call's own page: the curve, the lane, the typed scores, the spoken line.
import { expect, test } from 'vitest'
import { printRows } from '#src/features/call-detail/print-rows.ts'
import { curvePath, curvePoints, lineAtShare } from '#src/features/call-detail/mood-curve-path.ts'
import { readScores, textsOf } from '#src/features/call-detail/qa-words.ts'
import { spokenAt, spokenSpans } from '#src/features/recording/spoken-line.ts'
import { laneOf } from '#src/features/transcript/lane.ts'
import { transcriptItems } from '#src/features/transcript/transcript-items.ts'
import { madeAt, makeCall, makeLine } from '#tests/support/factories.ts'

const start = Date.parse(madeAt)
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString()
const mood = (score: number) => ({ score, label: 'neutral' as const })
const lines = [
  makeLine({ id: 1, speaker: 'ai', timestamp: at(5), text: 'Hello there' }),
  makeLine({ id: 2, timestamp: at(20), text: 'My sink leaks', sentiment: mood(0.25) }),
  makeLine({ id: 3, speaker: 'system', timestamp: at(21), text: 'Looked up' }),
  makeLine({ id: 4, timestamp: at(80), text: 'Thank you', sentiment: mood(0.75) }),
]

test('the curve stands where the caller spoke, worse moods lower, from edge to edge of the call', () => {
  const points = curvePoints(lines, start, start + 100_000)
  expect(points.map(({ lineId, x, y }) => [lineId, x, y])).toEqual([
    [2, 0.2, 0.75],
    [4, 0.8, 0.25],
  ])
  expect(curvePath(points, 100, 40)).toBe('M0 30L20 30L80 10L100 10')
  expect(curvePath([], 100, 40)).toBe('')
})

test.each([
  [0, 1],
  [0.2, 2],
  [0.5, 3],
  [1, 4],
])('a click at %s of the curve leads to line %s', (share, id) => {
  expect(lineAtShare(lines, share, start, start + 100_000)).toBe(id)
})

test('a deed stands beside the line it names, else beside what was said last before it', () => {
  const items = transcriptItems({ lines, total: 4, interventions: [], notes: [], hasOlder: false }, [], 'all')
  const lane = laneOf(items, [
    { key: 'started', at: start, text: 'Call started' },
    { key: 'alert', at: start + 90_000, text: 'Alert', lineId: 2 },
    { key: 'claim', at: start + 30_000, text: 'Took the call' },
  ])
  expect([...lane].map(([key, entries]) => [key, entries.map((entry) => entry.key)])).toEqual([
    ['line 1', ['started']],
    ['line 2', ['alert']],
    ['line 3', ['claim']],
  ])
})

test('scores are typed in per cent; what is empty is taken back, what is none is said', () => {
  const texts = { ...textsOf(undefined), overall_score: '71', accuracy_score: '101', sentiment_score: 'good' }
  const { scores, overrides, faults } = readScores(texts)
  expect(overrides).toEqual({ overall_score: 0.71 })
  expect(scores.compliance_score).toBeNull()
  expect(Object.keys(faults).sort()).toEqual(['accuracy_score', 'sentiment_score'])
})

test('a line is spoken until it was written down, as long as its words take; a platform that knows better is believed', () => {
  const spans = spokenSpans(
    [...lines, makeLine({ id: 5, timestamp: at(90), metadata: { audio_start: 70 } })],
    start,
  )
  expect(spans.map(({ lineId }) => lineId)).toEqual([1, 2, 4, 5])
  expect([0, 4.5, 19.5, 50, 71].map((second) => spokenAt(spans, second))).toEqual([null, 1, 2, 2, 5])
})

test('on paper stand all lines with the numbers they are cited by, and between them who did what and what came of it', () => {
  const call = makeCall({ id: 'c1', contact_name: 'Marisol Vega', ai_name: 'Ava' })
  const act = {
    call_id: call.id,
    command_id: 'a1',
    action: 'send_message' as const,
    by: { id: 'u1', name: 'Dana Kessler' },
    state: 'applied' as const,
    text: 'Offer a discount',
    interaction_id: 4,
    at: at(30),
    updated_at: at(31),
  }
  const tool = makeLine({ ...lines[2]!, metadata: { tool: 'find_slot' } })
  const rows = printRows(call, {
    lines: [lines[0]!, lines[1]!, tool, lines[3]!],
    total: 14,
    interventions: [act, { ...act, command_id: 'a0', at: at(1) }],
    hasOlder: true,
  })
  expect(rows.map(({ number, time, who, words }) => [number, time, who, words])).toEqual([
    ['11', '00:05', 'Ava', 'Hello there'],
    ['12', '00:20', 'Marisol Vega', 'My sink leaks'],
    ['13', '00:21', 'Tool', 'find_slot: Looked up'],
    ['', '00:30', 'Dana Kessler', 'Message to Ava: “Offer a discount”; applied at line 14'],
    ['14', '01:20', 'Marisol Vega', 'Thank you'],
  ])
})
