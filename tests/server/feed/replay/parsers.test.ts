import { expect, test } from 'vitest'
import { jsonLinesParser } from '#server/feed/replay/parse-json-lines.ts'
import { tsvParser } from '#server/feed/replay/parse-tsv.ts'
import { readRecordings } from '#server/feed/replay/read-recordings.ts'
import type { Recording, RecordingParser, ReplayFault } from '#server/feed/replay/recording.ts'
import { maxLineChars, textLines } from '#server/feed/replay/text-lines.ts'
import { fileWith } from '#tests/server/feed/replay/replay-fixture.ts'

type Make = (report: (fault: ReplayFault) => void) => RecordingParser

function parseAll(make: Make, text: string) {
  const faults: ReplayFault[] = []
  const recordings: Recording[] = []
  const parser = make((fault) => faults.push(fault))
  text.split('\n').forEach((line, index) => {
    const recording = parser.push(line, index + 1)
    if (recording) recordings.push(recording)
  })
  const last = parser.end()
  if (last) recordings.push(last)
  return { faults, recordings }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

test('a dialogue is read turn by turn and its closing rating is not spoken', () => {
  const { recordings, faults } = parseAll(
    tsvParser,
    '\nUSER\tMy roof leaks.\tINFORM\t3,2\nSYSTEM\tWhere?\tREQUEST\t\nUSER\tOVERALL\t\t3,3\n\nUSER\tHello\n',
  )
  expect(faults).toEqual([])
  expect(recordings).toEqual([
    {
      direction: 'inbound',
      lines: [
        { speaker: 'customer', text: 'My roof leaks.' },
        { speaker: 'ai', text: 'Where?' },
      ],
    },
    { direction: 'inbound', lines: [{ speaker: 'customer', text: 'Hello' }] },
  ])
})

test('rows that cannot be read are told by line number, without their words, and the rest is kept', () => {
  const { recordings, faults } = parseAll(
    tsvParser,
    [
      'USER\tfirst',
      'ROBOT\tsecret words',
      'USER no tab',
      'SYSTEM\t ',
      `USER\t${'x'.repeat(20_001)}`,
      'USER\tlast',
    ].join('\n'),
  )
  expect(recordings.map(({ lines }) => lines.map(({ text }) => text))).toEqual([['first', 'last']])
  expect(faults.map(({ line }) => line)).toEqual([2, 3, 4, 5])
  expect(JSON.stringify(faults)).not.toContain('secret')
})

test('JSON Lines carry direction, numbers, business, times and mood', () => {
  const said = { speaker: 'customer', text: 'Hi', at_ms: 1200, sentiment: 0.3 }
  const whole = {
    id: 7,
    direction: 'outbound',
    from: '+12105550100',
    to: '+12105550101',
    business: 'Alamo',
    lines: [said],
  }
  const { recordings, faults } = parseAll(jsonLinesParser, `${JSON.stringify(whole)}\n\n`)
  expect(faults).toEqual([])
  expect(recordings).toEqual([
    { ...whole, id: '7', lines: [{ speaker: 'customer', text: 'Hi', atMs: 1200, sentiment: 0.3 }] },
  ])
})

test('a bad utterance is left out and its conversation kept; a bad conversation is left out', () => {
  const rows = [
    JSON.stringify({
      lines: [{ speaker: 'ai', text: 'ok' }, { speaker: 'alien', text: 'secret' }, { speaker: 'ai' }],
    }),
    '{"lines":[',
    '{"lines":[]}',
    '{"lines":[{"speaker":"ai","text":"x","at_ms":-1}]}',
    '[]',
  ]
  const { recordings, faults } = parseAll(jsonLinesParser, rows.join('\n'))
  expect(recordings.map(({ lines }) => lines.length)).toEqual([1])
  expect(faults.map(({ line }) => line)).toEqual([1, 1, 2, 3, 4, 4, 5])
  expect(faults[0]?.message).toContain('lines[1]')
  expect(faults[0]?.message).toContain('speaker')
  expect(JSON.stringify(faults)).not.toContain('secret')
})

test('the format is seen from the first line with anything in it', async () => {
  const tsv = await fileWith('\r\nUSER\tHello\r\nSYSTEM\tHi\r\n\r\n')
  const json = await fileWith('\uFEFF\n {"lines":[{"speaker":"ai","text":"Hi"}]}')
  const faults: ReplayFault[] = []
  const [fromTsv] = await collect(readRecordings(tsv, (fault) => faults.push(fault)))
  const [fromJson] = await collect(readRecordings(json, (fault) => faults.push(fault)))
  expect(fromTsv?.lines.map(({ text }) => text)).toEqual(['Hello', 'Hi'])
  expect(fromJson?.lines).toHaveLength(1)
  expect(faults).toEqual([])
})

test('a line too long to hold is passed over and the numbers stay right', async () => {
  const file = await fileWith(`USER\tfirst\nUSER\t${'x'.repeat(maxLineChars * 2)}\nUSER\tlast`)
  const faults: ReplayFault[] = []
  const [recording] = await collect(readRecordings(file, (fault) => faults.push(fault)))
  expect(recording?.lines.map(({ text }) => text)).toEqual(['first', 'last'])
  expect(faults).toEqual([{ line: 2, message: 'The line is too long to read.' }])
})

test('characters and line ends that straddle two chunks of the file are read whole', async () => {
  const text = `${'é'.repeat(40_000)}\n${'😀'.repeat(30_000)}\r\nend`
  const lines = await collect(textLines(await fileWith(text)))
  expect(lines.map((line) => line.text)).toEqual(['é'.repeat(40_000), '😀'.repeat(30_000), 'end'])
  expect(lines.map((line) => line.number)).toEqual([1, 2, 3])
})
