// A line was said: the transcript, the mood, the QA score, the signals and the triggers that follow from it.
import type { Sentiment } from '#contract/call.ts'
import { isLive, sentimentLabel } from '#contract/call-rules.ts'
import { clip, moodAfter } from '#contract/apply-event.ts'
import { machineScores } from '#contract/qa-review.ts'
import type { LineReport } from '#contract/telephony.ts'
import type { CallInteraction, QAScore } from '#contract/transcript.ts'
import { checkTriggers } from '#server/domain/apply-escalation.ts'
import { setQa } from '#server/domain/apply-qa.ts'
import { moveAct } from '#server/domain/apply-receipt.ts'
import { type Draft, type FactContext, isoOf, patchCall, patchState } from '#server/domain/call-state.ts'
import { lineSignals } from '#server/domain/line-signals.ts'
import { qaResult, scoreLine } from '#server/domain/qa-rules.ts'
import { decayedMood, moodScore } from '#server/domain/sentiment.ts'

/** The mood is sent when its label changes or it moved this far since it was last sent. */
const moodStep = 0.05

/** Stores and judges one line. A line after the end is kept and flagged `late`, and judges nothing any more (P11). */
export function addLine(draft: Draft, report: LineReport, at: string, context: FactContext): void {
  const { call } = draft.state
  const late = !isLive(call.status)
  const score =
    report.sentiment?.score ?? (report.speaker === 'system' ? undefined : context.scorer.score(report.text))
  const interaction: CallInteraction = {
    id: context.nextId(),
    call_id: call.id,
    speaker: report.speaker,
    text: report.text,
    timestamp: report.timestamp ?? at,
    metadata: late ? { ...report.metadata, late: true } : (report.metadata ?? {}),
  }
  if (report.audio_url !== undefined) interaction.audio_url = report.audio_url
  if (score !== undefined) interaction.sentiment = rounded(score)
  draft.rows.interactions.push(interaction)
  draft.rows.factIds.push(report.id)
  draft.entries.push({ event: 'interaction.added', data: { call_id: call.id, interaction }, at })
  const { id, speaker, timestamp } = interaction
  const last_line = { id, speaker, text: clip(report.text), at: timestamp }
  patchState(draft, { lines: draft.state.lines + 1, call: { ...call, last_line } })
  if (typeof report.metadata?.command_id === 'string')
    moveAct(draft, report.metadata.command_id, {
      state: 'applied',
      at,
      received: isoOf(context.now),
      interactionId: id,
    })
  if (!late) judge(draft, report, interaction, score, context)
}

function judge(
  draft: Draft,
  report: LineReport,
  line: CallInteraction,
  score: number | undefined,
  context: FactContext,
): void {
  const at = line.timestamp
  const business = context.business(draft.state.call.business_id)
  const config = { complianceCheck: business?.config.quality_assurance.compliance_check ?? false }
  const fromCustomer = report.speaker === 'customer'
  if (fromCustomer && score !== undefined) {
    const mood = decayedMood(draft.state.mood, score, Date.parse(at))
    patchState(draft, { mood })
    setMood(draft, rounded(moodScore(mood)), at)
  }
  const { signals, history } = lineSignals(
    draft.state.call,
    { speaker: report.speaker, text: report.text, at, metadata: line.metadata },
    draft.state.history,
    config,
  )
  patchState(draft, { history })
  if (signals !== draft.state.call.signals && Object.keys(signals).length > 0) patchCall(draft, { signals })
  const heardOver = draft.state.qa.talkOvers
  if (business?.config.quality_assurance.enabled !== false && !draft.state.qaReported)
    scoreQuality(draft, line, score, config, context)
  if (draft.state.qa.talkOvers > heardOver) noteTalkOver(draft, at)
  checkTriggers(draft, business, fromCustomer ? report.text : null, at, context)
}

/** Caller and AI spoke at the same time, as the QA rules heard it. */
function noteTalkOver(draft: Draft, at: string): void {
  const { signals } = draft.state.call
  patchCall(draft, {
    signals: { ...signals, talk_over: { count: (signals?.talk_over?.count ?? 0) + 1, at } },
  })
}

/** Sets the mood of the call, on its two-minute line too, and says so when it moved enough. */
export function setMood(draft: Draft, sentiment: Sentiment, at: string): void {
  const { call } = draft.state
  const before = call.sentiment_score
  if (
    before !== undefined &&
    call.sentiment === sentiment.label &&
    Math.abs(before - sentiment.score) < moodStep
  )
    return
  const { label, score } = sentiment
  const { mood, mood_at } = moodAfter(call, score, at)
  patchCall(draft, { sentiment: label, sentiment_score: score, mood, mood_at }, true)
  draft.entries.push({ event: 'sentiment.changed', data: { call_id: call.id, sentiment }, at })
  const isNoted = call.signals?.negative_since !== undefined
  if (isNoted === (label === 'negative')) return
  const { negative_since: _, ...signals } = call.signals ?? {}
  patchCall(draft, { signals: isNoted ? signals : { ...signals, negative_since: at } })
}

function scoreQuality(
  draft: Draft,
  line: CallInteraction,
  score: number | undefined,
  config: { complianceCheck: boolean },
  context: FactContext,
): void {
  const { call, qa } = draft.state
  const next = scoreLine(
    qa,
    {
      speaker: line.speaker,
      text: line.text,
      at: Date.parse(line.timestamp),
      startedAt: Date.parse(call.started_at),
      metadata: line.metadata,
      ...(score === undefined ? {} : { sentiment: score }),
    },
    config,
  )
  if (next === qa) return
  patchState(draft, { qa: next })
  const result = qaResult(next)
  const before = draft.state.qaScore
  if (before && machineScores(before).overall_score === result.overall_score && sameIssues(before, result))
    return
  setQa(draft, { ...result, reviewed_by: 'rules' }, line.timestamp, context)
}

function sameIssues(
  before: QAScore,
  after: { compliance_issues: string[]; flagged_issues: string[] },
): boolean {
  return (
    before.compliance_issues.length === after.compliance_issues.length &&
    before.flagged_issues.length === after.flagged_issues.length
  )
}

function rounded(score: number): Sentiment {
  const value = Math.round(score * 1000) / 1000
  return { score: value, label: sentimentLabel(value) }
}
