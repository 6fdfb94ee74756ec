// What a recording says as facts: it rings, is answered, each line is said, it ends.
import { sentimentLabel } from '#contract/call-rules.ts'
import type { Step } from '#server/feed/replay/replay-call.ts'
import type { Recording } from '#server/feed/replay/recording.ts'
import { timetable } from '#server/feed/replay/speech-timing.ts'

/** A business line of the company that recordings are played for. */
export interface ReplayBusiness {
  id: string
  name: string
  /** E.164. */
  phoneNumber?: string | undefined
  aiName?: string | undefined
}

/** Numbers of the range that is kept free for fiction (555-0100 to 555-0199). */
const fictitious = (n: number) => `+121055501${String(n % 100).padStart(2, '0')}`

function businessOf(recording: Recording, businesses: readonly ReplayBusiness[], index: number) {
  if (recording.business === undefined) return businesses[index % Math.max(1, businesses.length)]
  const named = recording.business.toLowerCase()
  return businesses.find(({ id, name }) => id === recording.business || name.toLowerCase() === named)
}

/** The steps of a recording played as the call `callId`; `index` counts the calls of this replay from 0. */
export function recordingSteps(
  recording: Recording,
  call: { id: string; index: number; businesses: readonly ReplayBusiness[]; random: () => number },
): Step[] {
  const { answeredMs, saidMs, endedMs } = timetable(recording, call.random)
  const business = businessOf(recording, call.businesses, call.index)
  const caller = fictitious(call.index)
  const line = business?.phoneNumber ?? fictitious(0)
  const [from, to] = recording.direction === 'inbound' ? [caller, line] : [line, caller]
  const report = {
    id: call.id,
    direction: recording.direction,
    from_number: recording.from ?? from,
    to_number: recording.to ?? to,
    business_id: business?.id,
    ai_name: business?.aiName,
    metadata: {
      source: 'replay',
      ...(recording.id === undefined ? {} : { recording: recording.id }),
      ...(recording.business !== undefined && !business ? { business: recording.business } : {}),
    },
  }
  const started: Step = {
    atMs: 0,
    fact: (at) => ({
      event: 'call.started',
      data: { call: { ...report, status: 'ringing', started_at: at }, at },
    }),
  }
  const answered: Step = {
    atMs: answeredMs,
    fact: (at) => ({
      event: 'call.updated',
      data: { call: { id: call.id, status: 'in_progress', answered_by: 'ai' }, at },
    }),
  }
  const lines = recording.lines.map(
    ({ speaker, text, sentiment }, index): Step => ({
      atMs: saidMs[index] ?? endedMs,
      fact: (at) => ({
        event: 'interaction.added',
        data: {
          call_id: call.id,
          interaction: {
            id: String(index + 1),
            speaker,
            text,
            timestamp: at,
            sentiment:
              sentiment === undefined ? undefined : { score: sentiment, label: sentimentLabel(sentiment) },
          },
        },
      }),
    }),
  )
  const ended: Step = {
    atMs: endedMs,
    fact: (at) => ({ event: 'call.ended', data: { call_id: call.id, status: 'completed', ended_at: at } }),
  }
  return [started, answered, ...lines, ended]
}
