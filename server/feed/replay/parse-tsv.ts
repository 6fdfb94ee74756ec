// Reads two-party dialogues, one line an utterance: role, text and further columns by tab, conversations by an empty line.
import type { Speaker } from '#contract/call.ts'
import {
  type Recording,
  type RecordedLine,
  type RecordingParser,
  type ReplayFault,
  maxRecordingLines,
  maxTextChars,
} from '#server/feed/replay/recording.ts'

const speakers: Readonly<Record<string, Speaker>> = { USER: 'customer', SYSTEM: 'ai' }

/** The text of the line that rates the whole conversation: it was not spoken. */
const ratingLine = 'OVERALL'

/** A parser of tab-separated dialogues. Columns after the second (act, ratings) are not played. */
export function tsvParser(report: (fault: ReplayFault) => void): RecordingParser {
  let lines: RecordedLine[] = []

  function finish(): Recording | null {
    if (lines.length === 0) return null
    const recording: Recording = { direction: 'inbound', lines }
    lines = []
    return recording
  }

  return {
    push(text, number) {
      if (text.trim() === '') return finish()
      const fault = (message: string) => {
        report({ line: number, message })
        return null
      }
      const [role = '', said] = text.split('\t', 3)
      const speaker = speakers[role.trim().toUpperCase()]
      if (speaker === undefined) return fault('The first column must be USER or SYSTEM.')
      if (said === undefined) return fault('There is no text: separate the columns by a tab.')
      const spoken = said.trim()
      if (spoken === ratingLine) return null
      if (spoken === '') return fault('The text is empty.')
      if (spoken.length > maxTextChars) return fault(`The text is longer than ${maxTextChars} characters.`)
      if (lines.length >= maxRecordingLines)
        return fault(`The conversation has more than ${maxRecordingLines} lines.`)
      lines.push({ speaker, text: spoken })
      return null
    },
    skip(number) {
      report({ line: number, message: 'The line is too long to read.' })
    },
    end: finish,
  }
}
