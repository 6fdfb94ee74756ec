// What a line says about who needs a supervisor: a request for a person, the same words again, a failed tool, no notice.
import type { CallSignals, Speaker } from '#contract/call.ts'
import { isSaidAgain, keptWords, meaningWords } from '#server/domain/said-again.ts'
import { asksForHuman, foldLine, saysRecordingNotice, toolName } from '#server/domain/spoken-rules.ts'

/** What must be remembered of earlier lines; plain JSON, bounded. */
export interface LineHistory {
  /** Meaning words of the customer's last four lines, oldest first, each as `keptWords`. */
  readonly customer: readonly string[]
  /** Lines of the AI so far; counted up to the one by which the notice is due. */
  readonly aiLines: number
  /** The recording notice was said. */
  readonly noticed: boolean
}

/** The AI line by which the recording notice must have been said. */
export const noticeDueLine = 4
export const noNoticeText = 'No recording notice'
const keptLines = 4

/** The history of a call without lines. */
export function startHistory(): LineHistory {
  return { customer: [], aiLines: 0, noticed: false }
}

interface SignalLine {
  speaker: Speaker
  text: string
  /** ISO 8601. */
  at: string
  metadata: Record<string, unknown>
}

type Outcome = { signals: CallSignals; history: LineHistory }
const noSignals: CallSignals = {}

/**
 * The call's signals after the line. Signals and history are the same objects when the line changes nothing. With
 * `complianceCheck` (the business's `quality_assurance.compliance_check`) a missing recording notice is a signal from the
 * AI's fourth line on, until it is said.
 */
export function lineSignals(
  call: { signals?: CallSignals | undefined },
  line: SignalLine,
  history: LineHistory,
  config: { complianceCheck: boolean } = { complianceCheck: false },
): Outcome {
  const signals = call.signals ?? noSignals
  if (line.speaker === 'customer') return customerSignals(signals, line, history)
  if (line.speaker === 'system') {
    if (!line.metadata.failed) return { signals, history }
    return { signals: { ...signals, failed_tool: { name: toolName(line.metadata), at: line.at } }, history }
  }
  return noticeSignals(signals, line, history, config.complianceCheck)
}

function customerSignals(signals: CallSignals, line: SignalLine, history: LineHistory): Outcome {
  let next = signals
  if (asksForHuman(foldLine(line.text)))
    next = { ...next, asked_for_human: { count: (signals.asked_for_human?.count ?? 0) + 1, at: line.at } }
  const words = meaningWords(line.text)
  if (words.length === 0) return { signals: next, history }
  if (history.customer.some((earlier) => isSaidAgain(words, earlier)))
    next = { ...next, repeated_question: { count: (signals.repeated_question?.count ?? 0) + 1, at: line.at } }
  return {
    signals: next,
    history: { ...history, customer: [...history.customer, keptWords(words)].slice(-keptLines) },
  }
}

function noticeSignals(
  signals: CallSignals,
  line: SignalLine,
  history: LineHistory,
  complianceCheck: boolean,
): Outcome {
  if (history.noticed) return { signals, history }
  const aiLines = line.speaker === 'ai' ? Math.min(noticeDueLine, history.aiLines + 1) : history.aiLines
  if (saysRecordingNotice(foldLine(line.text))) {
    const { compliance_missed, ...others } = signals
    const cleared = compliance_missed?.what === noNoticeText ? others : signals
    return { signals: cleared, history: { ...history, aiLines, noticed: true } }
  }
  const counted = aiLines === history.aiLines ? history : { ...history, aiLines }
  if (!complianceCheck || aiLines < noticeDueLine || signals.compliance_missed)
    return { signals, history: counted }
  return {
    signals: { ...signals, compliance_missed: { what: noNoticeText, at: line.at } },
    history: counted,
  }
}
