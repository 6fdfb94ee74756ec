// Recordings out of a file, one at a time and only as fast as they are asked for.
import { jsonLinesParser } from '#server/feed/replay/parse-json-lines.ts'
import { tsvParser } from '#server/feed/replay/parse-tsv.ts'
import type { Recording, RecordingParser, ReplayFault } from '#server/feed/replay/recording.ts'
import { type TextLine, textLines } from '#server/feed/replay/text-lines.ts'

/**
 * Reads the recordings of a file. A file whose first line with anything in it begins with `{` is JSON Lines, any other a
 * tab-separated one. Rows that cannot be read go to `report` and are left out.
 */
export async function* readRecordings(
  file: string,
  report: (fault: ReplayFault) => void,
): AsyncGenerator<Recording, void, undefined> {
  let parser: RecordingParser | null = null
  for await (const line of textLines(file)) {
    parser ??= parserFor(line, report)
    if (parser === null) continue
    if (line.text === null) {
      parser.skip(line.number)
      continue
    }
    const recording = parser.push(line.text, line.number)
    if (recording) yield recording
  }
  const last = parser?.end()
  if (last) yield last
}

function parserFor({ text }: TextLine, report: (fault: ReplayFault) => void): RecordingParser | null {
  if (text === null) return jsonLinesParser(report)
  const begin = text.trimStart()
  if (begin === '') return null
  return begin.startsWith('{') ? jsonLinesParser(report) : tsvParser(report)
}
