// Why a QA score is what it is: the same lines are read again by the same rules, and each change is given to its line. Pure.
import type { QaCriterion } from '#contract/qa-review.ts'
import type { QaFinding } from '#contract/qa-endpoints.ts'
import type { CallInteraction } from '#contract/transcript.ts'
import {
  type QaConfig,
  type QaScores,
  type QaTrack,
  qaPoints as p,
  qaResult,
  scoreLine,
  startQa,
} from '#server/domain/qa-rules.ts'
import { toolName } from '#server/domain/spoken-rules.ts'

export interface ExplainedQa {
  findings: QaFinding[]
  /** What the lines give today. */
  scores: QaScores
}

type Found = Omit<QaFinding, 'interaction_id'>

const found = (criterion: QaCriterion, text: string, points: number | null): Found => ({
  criterion,
  text,
  points,
})
const accuracy = 'accuracy_score'
const compliance = 'compliance_score'
const manners = 'professionalism_score'

/** Counted things: beyond `most` they are still told, and cost nothing more. */
const counters = [
  {
    key: 'repeats',
    criterion: accuracy,
    text: 'The customer had to repeat themselves',
    points: -p.repeat,
    most: 4,
  },
  {
    key: 'corrections',
    criterion: accuracy,
    text: 'The customer corrected the AI',
    points: -p.correction,
    most: 6,
  },
  { key: 'apologies', criterion: manners, text: 'Apologised for a bad moment', points: p.apology, most: 2 },
  {
    key: 'apologiesMissed',
    criterion: manners,
    text: 'No apology for a bad moment',
    points: -p.apologyMissed,
    most: 3,
  },
  { key: 'talkOvers', criterion: manners, text: 'Talked over the customer', points: -p.talkOver, most: 4 },
  { key: 'monologues', criterion: manners, text: 'Spoke too long at once', points: -p.monologue, most: 3 },
  { key: 'deadAirs', criterion: manners, text: 'Long silence before this', points: -p.deadAir, most: 4 },
] as const

/** Things that are said once and stay said. */
const flags = [
  { key: 'greeted', criterion: compliance, text: 'Greeted the caller', points: 0 },
  { key: 'noticed', criterion: compliance, text: 'Gave the recording notice', points: 0 },
  { key: 'greetingMissed', criterion: compliance, text: 'No greeting by now', points: -p.greetingMissed },
  { key: 'confirmed', criterion: accuracy, text: 'Confirmed the details', points: p.confirmed },
  { key: 'nextStep', criterion: accuracy, text: 'Offered a next step', points: p.nextStep },
  { key: 'closed', criterion: manners, text: 'A proper closing', points: p.closed },
] as const

const most = (count: number, limit: number, points: number) => (count <= limit ? points : 0)

function heard(before: QaTrack, after: QaTrack, line: CallInteraction): Found[] {
  const all: Found[] = []
  for (const { key, criterion, text, points } of flags)
    if (!before[key] && after[key]) all.push(found(criterion, text, points))
  if (!before.noticeMissed && after.noticeMissed)
    all.push(found(compliance, 'No recording notice by now', -p.noticeMissed))
  if (before.noticeMissed && !after.noticeMissed)
    all.push(found(compliance, 'The recording notice came late', p.noticeMissed))
  for (const { key, criterion, text, points, most: limit } of counters)
    if (after[key] > before[key]) all.push(found(criterion, text, most(after[key], limit, points)))
  for (const issue of after.complianceIssues.slice(before.complianceIssues.length))
    all.push(found(compliance, issue, -p.complianceIssue))
  for (const issue of after.mannersIssues.slice(before.mannersIssues.length))
    all.push(found(manners, issue, -p.mannersIssue))
  if (after.failedTools !== before.failedTools)
    all.push(
      found(accuracy, `${toolName(line.metadata)} failed`, most(after.failedTools.length, 3, -p.failedTool)),
    )
  return all
}

/** The caller's worst and best moment, which is what the mood comes from. */
function moments(lines: readonly CallInteraction[]): QaFinding[] {
  const scored = lines.flatMap((line) =>
    line.speaker === 'customer' && line.sentiment ? [{ id: line.id, score: line.sentiment.score }] : [],
  )
  const [first] = scored
  if (!first) return []
  const worst = scored.reduce((low, one) => (one.score < low.score ? one : low), first)
  const best = scored.reduce((high, one) => (one.score > high.score ? one : high), first)
  return [
    ...(worst.score < 0.4
      ? [{ ...found('sentiment_score', 'Worst moment', null), interaction_id: worst.id }]
      : []),
    ...(best.score >= 0.6
      ? [{ ...found('sentiment_score', 'Best moment', null), interaction_id: best.id }]
      : []),
  ]
}

/** Reads the call's lines, oldest first, as they were scored; those that came after its end are not. */
export function explainQa(
  lines: readonly CallInteraction[],
  startedAt: number,
  config: QaConfig,
): ExplainedQa {
  let track = startQa()
  const findings: QaFinding[] = []
  const judged = lines.filter(({ metadata }) => metadata.late !== true)
  for (const line of judged) {
    const next = scoreLine(
      track,
      {
        speaker: line.speaker,
        text: line.text,
        at: Date.parse(line.timestamp),
        startedAt,
        metadata: line.metadata,
        ...(line.sentiment ? { sentiment: line.sentiment.score } : {}),
      },
      config,
    )
    for (const one of heard(track, next, line)) findings.push({ ...one, interaction_id: line.id })
    track = next
  }
  return { findings: [...findings, ...moments(judged)], scores: qaResult(track) }
}
