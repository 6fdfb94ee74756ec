// Reads JSON Lines: one conversation a line, as docs/replay.md describes it.
import { z } from 'zod'
import { CallDirection, Speaker } from '#contract/call.ts'
import { Ratio } from '#contract/primitives.ts'
import {
  type RecordingParser,
  type ReplayFault,
  maxRecordingLines,
  maxTextChars,
} from '#server/feed/replay/recording.ts'

/** A day: what is later than this is a mistake of units. */
const maxAtMs = 24 * 3600_000

const JsonLine = z.object({
  speaker: Speaker,
  text: z.string().trim().min(1).max(maxTextChars),
  at_ms: z.number().min(0).max(maxAtMs).optional(),
  sentiment: Ratio.optional(),
})
const JsonRecording = z.object({
  id: z
    .union([z.string().min(1).max(200), z.number()])
    .transform(String)
    .optional(),
  direction: CallDirection.default('inbound'),
  from: z.string().max(64).optional(),
  to: z.string().max(64).optional(),
  business: z.string().max(200).optional(),
  lines: z.array(z.unknown()).min(1).max(maxRecordingLines),
})

/** A parser of JSON Lines. A bad utterance is left out and its conversation kept; both are reported by line number. */
export function jsonLinesParser(report: (fault: ReplayFault) => void): RecordingParser {
  return {
    push(text, number) {
      if (text.trim() === '') return null
      const fault = (message: string) => {
        report({ line: number, message })
        return null
      }
      let json: unknown
      try {
        json = JSON.parse(text)
      } catch {
        return fault('This is not JSON: write one whole conversation a line.')
      }
      const head = JsonRecording.safeParse(json)
      if (!head.success) return fault(`The conversation cannot be read: ${where(head.error)}.`)
      const lines = head.data.lines.flatMap((each, index) => {
        const line = JsonLine.safeParse(each)
        if (!line.success) {
          fault(`lines[${index}] cannot be read: ${where(line.error)}.`)
          return []
        }
        const { speaker, text: said, at_ms, sentiment } = line.data
        return [{ speaker, text: said, atMs: at_ms, sentiment }]
      })
      if (lines.length === 0) return fault('None of its lines can be read.')
      return { ...head.data, lines }
    },
    skip(number) {
      report({ line: number, message: 'The line is too long to read.' })
    },
    end: () => null,
  }
}

/** The members at fault, without what they hold. */
function where(error: z.ZodError): string {
  const names = error.issues.map((issue) => issue.path.join('.') || 'an object is needed')
  return [...new Set(names)].slice(0, 5).join(', ')
}
