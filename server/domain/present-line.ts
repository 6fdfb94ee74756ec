// A stored line as it leaves the server.
import { sentimentLabel } from '#contract/call-rules.ts'
import type { CallInteraction } from '#contract/transcript.ts'

export interface StoredLine {
  id: number
  call_id: string
  speaker: string
  text: string
  audio_url: string | null
  at: Date
  sentiment_score: number | null
  metadata: Record<string, unknown>
}

export function presentLine(row: StoredLine): CallInteraction {
  const line: CallInteraction = {
    id: row.id,
    call_id: row.call_id,
    speaker: row.speaker as CallInteraction['speaker'],
    text: row.text,
    timestamp: row.at.toISOString(),
    metadata: row.metadata,
  }
  if (row.audio_url !== null) line.audio_url = row.audio_url
  if (row.sentiment_score !== null)
    line.sentiment = { score: row.sentiment_score, label: sentimentLabel(row.sentiment_score) }
  return line
}
