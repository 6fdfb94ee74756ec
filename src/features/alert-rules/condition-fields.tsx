// The fields of a condition: each kind has its own, with its unit and its fault beside it.
import { Select, TextInput, Textarea } from '@mantine/core'
import type { ConditionType, Faults, RuleDraft } from '#src/features/alert-rules/rule-draft.ts'
import { hasSlack } from '#src/features/alert-rules/rule-draft.ts'

interface ConditionFieldsProps {
  draft: RuleDraft
  faults: Faults
  onChange: (part: Partial<RuleDraft>) => void
}

const kinds: readonly { value: ConditionType; label: string }[] = [
  { value: 'sentiment_below', label: 'The mood is low' },
  { value: 'silence', label: 'Nobody speaks' },
  { value: 'keyword', label: 'Something is said' },
  { value: 'not_said', label: 'Something is not said in time' },
  { value: 'escalation_waiting', label: 'The caller waits for a person' },
  { value: 'duration', label: 'The call is long' },
  { value: 'qa_below', label: 'QA is low' },
  { value: 'failed_command', label: 'A command fails' },
  { value: 'attention', label: 'The call needs attention' },
]
const speakers = [
  { value: 'customer', label: 'the caller' },
  { value: 'ai', label: 'the AI' },
  { value: 'agent', label: 'the human agent' },
  { value: 'anyone', label: 'anybody' },
]
const spanLabels: Partial<Record<ConditionType, string>> = {
  silence: 'Silence, seconds',
  duration: 'Longer than, seconds',
  escalation_waiting: 'Waits longer than, seconds',
}

/** Kind of the condition, its numbers and words, and how long it has to hold. */
export function ConditionFields({ draft, faults, onChange }: ConditionFieldsProps) {
  const { type } = draft
  const typed = (
    field: 'mood' | 'seconds' | 'minutes' | 'percent' | 'lasts' | 'slack',
    label: string,
    hint?: string,
  ) => (
    <TextInput
      label={label}
      {...(hint ? { description: hint } : {})}
      inputMode="decimal"
      autoComplete="off"
      value={draft[field]}
      error={faults[field]}
      onChange={(event) => onChange({ [field]: event.target.value })}
    />
  )
  const spanLabel = spanLabels[type]
  return (
    <>
      <Select
        label="When"
        data={kinds}
        value={type}
        allowDeselect={false}
        maxDropdownHeight={340}
        onChange={(value) => value && onChange({ type: value as ConditionType })}
      />
      {type === 'sentiment_below' && typed('mood', 'Mood below', 'From −1 (very negative) to +1')}
      {type === 'qa_below' && typed('percent', 'QA below, of 100')}
      {spanLabel && typed('seconds', spanLabel)}
      {(type === 'keyword' || type === 'not_said') && (
        <>
          <Textarea
            label={type === 'keyword' ? 'Words or phrases' : 'None of these was said'}
            description="Separated by commas; whole words in any case"
            autosize={false}
            rows={2}
            dir="auto"
            value={draft.words}
            error={faults.words}
            onChange={(event) => onChange({ words: event.target.value })}
          />
          <Select
            label="By"
            data={speakers}
            value={draft.by}
            allowDeselect={false}
            onChange={(value) => value && onChange({ by: value as RuleDraft['by'] })}
          />
        </>
      )}
      {type === 'not_said' && typed('minutes', 'In the first minutes of the call')}
      {type === 'attention' && (
        <Select
          label="Level"
          data={[
            { value: 'act', label: 'Act now' },
            { value: 'watch', label: 'Watch or worse' },
          ]}
          value={draft.level}
          allowDeselect={false}
          onChange={(value) => value && onChange({ level: value as RuleDraft['level'] })}
        />
      )}
      {type !== 'failed_command' && typed('lasts', 'It has to hold for, seconds', '0 tells at once')}
      {hasSlack(type) &&
        typed('slack', 'Recovers by at least', 'So that what hovers on the edge does not flicker')}
    </>
  )
}
