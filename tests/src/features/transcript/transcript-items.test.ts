import { expect, test } from 'vitest'
import {
  findLines,
  firstNegativeLine,
  lineWithId,
  transcriptItems,
} from '#src/features/transcript/transcript-items.ts'
import { missedLines } from '#src/features/transcript/use-tail.ts'
import { makeIntervention, makeLine, makeNote } from '#tests/support/factories.ts'

const at = (second: number) => `2026-11-20T14:00:${String(second).padStart(2, '0')}.000Z`
const lines = [
  makeLine({ id: 11, timestamp: at(1), sentiment: { score: 0.8, label: 'positive' } }),
  makeLine({ id: 12, timestamp: at(5), speaker: 'ai' }),
  makeLine({ id: 13, timestamp: at(9), sentiment: { score: 0.2, label: 'negative' } }),
]
const open = { lines, total: 13, interventions: [], notes: [], hasOlder: true }

test('lines are numbered by their place in the whole call, not in what is loaded', () => {
  const numbers = transcriptItems(open, [], 'all').map((item) => (item.kind === 'line' ? item.number : null))
  expect(numbers).toEqual([11, 12, 13])
})

test('acts and notes stand at their time between the lines', () => {
  const items = transcriptItems(
    {
      ...open,
      interventions: [makeIntervention({ command_id: 'a', at: at(6) })],
      notes: [makeNote({ id: 1, created_at: at(20) })],
    },
    [],
    'all',
  )
  expect(items.map((item) => item.key)).toEqual(['line 11', 'line 12', 'act a', 'line 13', 'note 1'])
})

test('a wish gives way to the receipt of the same command and keeps its place in the list', () => {
  const wish = {
    commandId: 'a',
    callId: 'c1',
    action: 'pause',
    askedAt: Date.parse(at(6)),
    state: 'sending',
  } as const
  const before = transcriptItems(open, [wish], 'all')
  const after = transcriptItems(
    { ...open, interventions: [makeIntervention({ command_id: 'a', at: at(6) })] },
    [wish],
    'all',
  )
  expect(before.map(({ kind, key }) => [kind, key])).toContainEqual(['wish', 'act a'])
  expect(after.map(({ kind, key }) => [kind, key])).toContainEqual(['act', 'act a'])
  expect(after.filter(({ key }) => key === 'act a')).toHaveLength(1)
})

test('a line that came late stays after the lines that were there, whatever its clock says', () => {
  const late = makeLine({ id: 14, timestamp: at(0), metadata: { late: true } })
  const items = transcriptItems({ ...open, lines: [...lines, late], total: 14 }, [], 'all')
  expect(items.at(-1)?.key).toBe('line 14')
})

test('the mood is carried from line to line and meets half-way', () => {
  const spines = transcriptItems(open, [], 'all').map((item) => item.spine)
  expect(spines).toEqual([
    [0.8, 0.8, 0.8],
    [0.8, 0.8, 0.5],
    [0.5, 0.2, 0.2],
  ])
})

test('one speaker alone can be read, with the numbers the lines have', () => {
  const items = transcriptItems(open, [], 'ai')
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ kind: 'line', number: 12 })
})

test('search finds lines in any case', () => {
  expect(findLines(transcriptItems(open, [], 'all'), 'LINE 13')).toEqual(['line 13'])
  expect(findLines(transcriptItems(open, [], 'all'), '  ')).toEqual([])
})

test('what came while the reader was away is counted, and how much of it is negative', () => {
  const items = transcriptItems(open, [], 'all')
  expect(missedLines(items, 11)).toEqual({ missed: 2, negative: 1 })
  expect(missedLines(items, 13)).toEqual({ missed: 0, negative: 0 })
})

test('the first negative line is the caller’s, and none is none', () => {
  const angry = makeLine({ id: 20, speaker: 'ai', sentiment: { score: 0.1, label: 'negative' } })
  const items = transcriptItems({ ...open, lines: [angry, ...lines], total: 4 }, [], 'all')
  expect(firstNegativeLine(items)).toBe('line 13')
  expect(firstNegativeLine(transcriptItems({ ...open, lines: lines.slice(0, 2) }, [], 'all'))).toBeNull()
})

test('a line is found by its id as long as it is here', () => {
  const items = transcriptItems(open, [], 'all')
  expect([lineWithId(items, 12), lineWithId(items, 99)]).toEqual(['line 12', null])
})
