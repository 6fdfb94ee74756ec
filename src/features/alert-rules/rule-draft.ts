// A rule while it is being written: what stands in the fields, and what it means when it is right. Pure.
import type { AlertCondition, AlertRule, AlertRuleBody, AlertSeverity } from '#contract/alert.ts'
import { roles } from '#contract/permissions.ts'
import type { Role } from '#contract/permissions.ts'

export type ConditionType = AlertCondition['type']
type SpokenBy = Extract<AlertCondition, { type: 'keyword' }>['by']

/** Numbers are as typed; moods −1 to +1, QA in percent, spans in seconds or minutes as their labels say. */
export interface RuleDraft {
  name: string
  businessId: string
  severity: AlertSeverity
  type: ConditionType
  mood: string
  seconds: string
  minutes: string
  percent: string
  words: string
  by: SpokenBy
  level: 'watch' | 'act'
  lasts: string
  slack: string
  /** Minutes; empty: never. */
  remind: string
  recipients: readonly Role[]
}

export const emptyDraft: RuleDraft = {
  name: '',
  businessId: '',
  severity: 'warning',
  type: 'sentiment_below',
  mood: '-0.5',
  seconds: '60',
  minutes: '2',
  percent: '50',
  words: '',
  by: 'customer',
  level: 'act',
  lasts: '0',
  slack: '0',
  remind: '15',
  recipients: ['dispatcher', 'manager', 'owner'],
}

const number = (value: number) => String(Math.round(value * 1000) / 1000)

/** The fields for a rule that exists. */
export function draftOf(rule: AlertRule): RuleDraft {
  const { condition } = rule
  const draft: RuleDraft = {
    ...emptyDraft,
    name: rule.name,
    businessId: rule.business_id ?? '',
    severity: rule.severity,
    type: condition.type,
    lasts: String(rule.min_duration_s),
    remind: rule.remind_after_min ? String(rule.remind_after_min) : '',
    recipients: rule.recipients,
  }
  switch (condition.type) {
    case 'sentiment_below':
      return { ...draft, mood: number(condition.score * 2 - 1), slack: number(rule.hysteresis * 2) }
    case 'qa_below':
      return { ...draft, percent: number(condition.score * 100), slack: number(rule.hysteresis * 100) }
    case 'silence':
    case 'duration':
    case 'escalation_waiting':
      return { ...draft, seconds: String(condition.seconds) }
    case 'keyword':
      return { ...draft, words: condition.words.join(', '), by: condition.by }
    case 'not_said':
      return {
        ...draft,
        words: condition.phrases.join(', '),
        by: condition.by,
        minutes: String(condition.within_minutes),
      }
    case 'attention':
      return { ...draft, level: condition.level }
    case 'failed_command':
      return draft
  }
}

export type Field =
  | 'name'
  | 'mood'
  | 'seconds'
  | 'minutes'
  | 'percent'
  | 'words'
  | 'lasts'
  | 'slack'
  | 'remind'
  | 'recipients'
export type Faults = Partial<Record<Field, string>>

const fieldNames: Record<string, Field> = {
  phrases: 'words',
  within_minutes: 'minutes',
  min_duration_s: 'lasts',
  hysteresis: 'slack',
  remind_after_min: 'remind',
}

/** The server's faults by the fields of the form; `refused` names the members of the rule. */
export function faultsByField(refused: Record<string, string>, type: ConditionType): Faults {
  const faults: Faults = {}
  for (const [member, message] of Object.entries(refused)) {
    const score = type === 'qa_below' ? 'percent' : 'mood'
    // A fault of one word has its place in the list for a name.
    const field = member === 'score' ? score : /^\d+$/.test(member) ? 'words' : fieldNames[member]
    faults[field ?? (member as Field)] = message
  }
  return faults
}

/** Members that say which number a kind of condition takes. */
const spans: Partial<Record<ConditionType, true>> = {
  silence: true,
  duration: true,
  escalation_waiting: true,
}

/** Conditions with a score that hovers, for which a slack makes sense. */
export const hasSlack = (type: ConditionType) => type === 'sentiment_below' || type === 'qa_below'

/** What the fields mean, and what is wrong in them; `body` is null while anything is. */
export function readDraft(draft: RuleDraft): { body: Omit<AlertRuleBody, 'enabled'> | null; faults: Faults } {
  const faults: Faults = {}
  const read = (
    field: Field,
    text: string,
    low: number,
    high: number,
    words: string,
    whole = false,
  ): number => {
    const value = Number(text.trim().replace('−', '-').replace(',', '.'))
    const isRight =
      text.trim() !== '' &&
      Number.isFinite(value) &&
      value >= low &&
      value <= high &&
      (!whole || Number.isInteger(value))
    if (!isRight) faults[field] = words
    return value
  }
  const words = [...new Set(draft.words.split(/[,\n]/).map((word) => word.trim()))].filter(
    (word) => word !== '',
  )
  const condition = conditionOf()
  const lasts = read('lasts', draft.lasts, 0, 3600, 'Write whole seconds, 0 to 3600.', true)
  const hysteresis = slackOf()
  const remind =
    draft.remind.trim() === ''
      ? null
      : read('remind', draft.remind, 1, 240, 'Write whole minutes, 1 to 240, or nothing.', true)
  if (draft.name.trim() === '') faults.name = 'Give the rule a name.'
  if (draft.recipients.length === 0) faults.recipients = 'Choose who is told.'
  if (Object.keys(faults).length > 0) return { body: null, faults }
  return {
    body: {
      name: draft.name.trim(),
      business_id: draft.businessId === '' ? null : draft.businessId,
      severity: draft.severity,
      condition,
      min_duration_s: lasts,
      hysteresis,
      remind_after_min: remind,
      recipients: roles.filter((role) => draft.recipients.includes(role)),
    },
    faults,
  }

  function slackOf(): number {
    if (draft.type === 'sentiment_below')
      return read('slack', draft.slack, 0, 1, 'Write a number from 0 to 1.') / 2
    if (draft.type === 'qa_below')
      return read('slack', draft.slack, 0, 50, 'Write a number from 0 to 50.') / 100
    return 0
  }

  function conditionOf(): AlertCondition {
    const { type, by, level } = draft
    if (type === 'sentiment_below')
      return { type, score: (read('mood', draft.mood, -1, 1, 'Write a mood from −1 to +1.') + 1) / 2 }
    if (type === 'qa_below')
      return { type, score: read('percent', draft.percent, 0, 100, 'Write a score from 0 to 100.') / 100 }
    if (spans[type])
      return {
        type: type as 'silence' | 'duration' | 'escalation_waiting',
        seconds: read('seconds', draft.seconds, 1, 14_400, 'Write whole seconds, 1 to 14,400.', true),
      }
    if (type === 'keyword' || type === 'not_said') {
      if (words.length === 0) faults.words = 'Write at least one word or phrase.'
      else if (words.length > 20) faults.words = 'Write 20 at most.'
      else if (words.some((word) => word.length > 80)) faults.words = 'Keep each below 80 characters.'
      if (type === 'keyword') return { type, words, by }
      const within_minutes = read('minutes', draft.minutes, 0.25, 120, 'Write minutes, 0.25 to 120.')
      return { type, phrases: words, by, within_minutes }
    }
    if (type === 'attention') return { type, level }
    return { type: 'failed_command' }
  }
}
