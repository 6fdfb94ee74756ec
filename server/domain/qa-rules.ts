// The QA score of a running call: what was heard is gathered line by line, scores are read from it (docs/qa-scoring.md).
import { type QaCriterion, qaCriteria } from '#contract/qa-review.ts'
import {
  apology,
  closing,
  confirmsDetails,
  correction,
  forbidden,
  greeting,
  nextStep,
  unwelcome,
} from '#server/domain/qa-wording.ts'
import { isSaidAgain, keptWords, meaningWords } from '#server/domain/said-again.ts'
import type { QaConfig, QaLine, QaTrack } from '#server/domain/qa-track.ts'
import { decayedMood, moodScore } from '#server/domain/sentiment.ts'
import { foldLine, saysRecordingNotice, toolName } from '#server/domain/spoken-rules.ts'

export { startQa } from '#server/domain/qa-track.ts'
export type { QaConfig, QaLine, QaTrack } from '#server/domain/qa-track.ts'

const keptIssues = 12
const keptLines = 4
/** Greeting by the AI's 2nd line, notice by its 4th, apology within two lines of a bad one. */
const greetingDueLine = 2
const noticeDueLine = 4
const apologyDueLines = 2
/** A customer's line at or below this asks for an apology. */
const badLine = 0.25
/** Words of one AI line beyond which a listener is lost (about 35 s of speech). */
const monologueWords = 90
/** Silence in ms, beyond the time the lines take to speak, that counts as dead air. */
const deadAirMs = 12_000
const slowMsPerWord = 450
const fastMsPerWord = 220

type Draft = { -readonly [K in keyof QaTrack]: QaTrack[K] }

/** The track after the line; the same object when the line told nothing, such as a note of the system. */
export function scoreLine(track: QaTrack, line: QaLine, config: QaConfig): QaTrack {
  if (line.speaker === 'system') return systemLine(track, line)
  const draft: Draft = { ...track }
  const folded = foldLine(line.text)
  const words = countWords(line.text)
  timing(draft, line, words)
  if (line.speaker === 'customer') customerLine(draft, line, folded)
  else ourLine(draft, line, folded, words, config)
  draft.last = { speaker: line.speaker, at: line.at, words }
  return draft
}

function systemLine(track: QaTrack, { metadata }: QaLine): QaTrack {
  // Time on hold is announced and is not dead air: counting starts again with the next line.
  const last = metadata.hold ? null : track.last
  if (!metadata.failed) return last === track.last ? track : { ...track, last }
  return { ...track, last, failedTools: [...track.failedTools, toolName(metadata)].slice(-keptIssues) }
}

function timing(draft: Draft, line: QaLine, words: number): void {
  const { last } = draft
  if (line.metadata.overlap === true || line.metadata.interrupted === true) {
    draft.talkOvers++
    return
  }
  if (last === null) return
  const gap = line.at - last.at
  // A feed may stamp a line at its begin or at its end: only what is silence, or overlap, either way is counted.
  if (gap - Math.max(words, last.words) * slowMsPerWord > deadAirMs) draft.deadAirs++
  const shorter = Math.min(words, last.words)
  const crossed = line.speaker !== 'customer' && last.speaker === 'customer'
  // Lines of one instant came in one delivery without times of their own.
  if (crossed && shorter >= 8 && gap > 50 && gap < 0.4 * shorter * fastMsPerWord) draft.talkOvers++
}

function customerLine(draft: Draft, line: QaLine, folded: string): void {
  if (line.sentiment !== undefined) {
    draft.mood = decayedMood(draft.mood, line.sentiment, line.at)
    if (line.sentiment <= badLine && draft.apologyDueIn === null) draft.apologyDueIn = apologyDueLines
  }
  if (correction.test(folded)) draft.corrections++
  const words = meaningWords(line.text)
  if (words.length === 0) return
  if (draft.recent.some((earlier) => isSaidAgain(words, earlier))) draft.repeats++
  draft.recent = [...draft.recent, keptWords(words)].slice(-keptLines)
}

function ourLine(draft: Draft, line: QaLine, folded: string, words: number, config: QaConfig): void {
  if (line.speaker === 'ai') draft.aiLines++
  // A thing said once stays said, so most patterns are tried only until then.
  draft.greeted ||= draft.aiLines <= greetingDueLine && greeting.test(folded)
  draft.noticed ||= saysRecordingNotice(folded)
  draft.confirmed ||= confirmsDetails.test(folded)
  draft.nextStep ||= nextStep.test(folded)
  draft.closed ||= draft.aiLines > 2 && closing.test(folded)
  draft.greetingMissed ||= config.complianceCheck && !draft.greeted && draft.aiLines >= greetingDueLine
  draft.noticeMissed =
    !draft.noticed && (draft.noticeMissed || (config.complianceCheck && draft.aiLines >= noticeDueLine))
  if (draft.apologyDueIn !== null) {
    const apologised = apology.test(folded)
    const left = draft.apologyDueIn - 1
    if (apologised) draft.apologies++
    else if (left === 0) draft.apologiesMissed++
    draft.apologyDueIn = apologised || left === 0 ? null : left
  }
  if (words > monologueWords) draft.monologues++
  for (const { pattern, issue } of forbidden)
    if (!draft.complianceIssues.includes(issue) && pattern.test(folded))
      draft.complianceIssues = [...draft.complianceIssues, issue]
  for (const { pattern, issue } of unwelcome)
    if (!draft.mannersIssues.includes(issue) && pattern.test(folded))
      draft.mannersIssues = [...draft.mannersIssues, issue]
}

function countWords(text: string): number {
  let count = 0
  let inside = false
  for (let i = 0; i < text.length && i < 4000; i++) {
    const letter = text.charCodeAt(i) > 32
    if (letter && !inside) count++
    inside = letter
  }
  return count
}

export interface QaScores {
  /** All scores are 0–1, in steps of 0.01 (mood: 0.05, so that it does not tick with every line). */
  overall_score: number
  sentiment_score: number
  compliance_score: number
  accuracy_score: number
  professionalism_score: number
  compliance_issues: string[]
  flagged_issues: string[]
}

const weightOf = (name: QaCriterion): number => qaCriteria.find(({ key }) => key === name)?.weight ?? 0

/** Share of each part in the overall score. */
export const qaWeights = {
  compliance: weightOf('compliance_score'),
  accuracy: weightOf('accuracy_score'),
  professionalism: weightOf('professionalism_score'),
  sentiment: weightOf('sentiment_score'),
} as const

/** Points taken or given, of 1. */
export const qaPoints = {
  noticeMissed: 0.4,
  greetingMissed: 0.2,
  complianceIssue: 0.3,
  accuracyStart: 0.8,
  confirmed: 0.1,
  nextStep: 0.1,
  failedTool: 0.15,
  repeat: 0.1,
  correction: 0.05,
  professionalismStart: 0.9,
  closed: 0.05,
  apology: 0.05,
  apologyMissed: 0.12,
  mannersIssue: 0.25,
  talkOver: 0.05,
  monologue: 0.06,
  deadAir: 0.06,
} as const

const bounded = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 100) / 100
const times = (count: number, most: number) => Math.min(count, most)

/** The scores of what was heard so far, and the issues in words a supervisor reads. */
export function qaResult(track: QaTrack): QaScores {
  const p = qaPoints
  const compliance = bounded(
    1 -
      (track.noticeMissed ? p.noticeMissed : 0) -
      (track.greetingMissed ? p.greetingMissed : 0) -
      p.complianceIssue * track.complianceIssues.length,
  )
  const accuracy = bounded(
    p.accuracyStart +
      (track.confirmed ? p.confirmed : 0) +
      (track.nextStep ? p.nextStep : 0) -
      p.failedTool * times(track.failedTools.length, 3) -
      p.repeat * times(track.repeats, 4) -
      p.correction * times(track.corrections, 6),
  )
  const professionalism = bounded(
    p.professionalismStart +
      (track.closed ? p.closed : 0) +
      p.apology * times(track.apologies, 2) -
      p.apologyMissed * times(track.apologiesMissed, 3) -
      p.mannersIssue * track.mannersIssues.length -
      p.talkOver * times(track.talkOvers, 4) -
      p.monologue * times(track.monologues, 3) -
      p.deadAir * times(track.deadAirs, 4),
  )
  const sentiment = bounded(Math.round(moodScore(track.mood) * 20) / 20)
  const w = qaWeights
  return {
    overall_score: bounded(
      w.compliance * compliance +
        w.accuracy * accuracy +
        w.professionalism * professionalism +
        w.sentiment * sentiment,
    ),
    sentiment_score: sentiment,
    compliance_score: compliance,
    accuracy_score: accuracy,
    professionalism_score: professionalism,
    compliance_issues: [
      ...(track.noticeMissed ? ['No recording notice'] : []),
      ...(track.greetingMissed ? ['No greeting'] : []),
      ...track.complianceIssues,
    ],
    flagged_issues: [
      ...new Set([
        ...track.mannersIssues,
        ...track.failedTools.map((name) => `${name} failed`),
        ...counted(track.repeats, 'The customer had to repeat themselves'),
        ...counted(track.corrections, 'The customer corrected the AI'),
        ...counted(track.apologiesMissed, 'No apology for a bad moment'),
        ...counted(track.talkOvers, 'Talked over the customer'),
        ...counted(track.monologues, 'Spoke too long at once'),
        ...counted(track.deadAirs, 'Long silence'),
      ]),
    ],
  }
}

function counted(count: number, issue: string): string[] {
  return count === 0 ? [] : [count === 1 ? issue : `${issue} (${count} times)`]
}

/** True when the scores or issues read differently after the line: only then is there anything to tell. */
export function qaDiffers(before: QaTrack, after: QaTrack): boolean {
  return before !== after && JSON.stringify(qaResult(before)) !== JSON.stringify(qaResult(after))
}
