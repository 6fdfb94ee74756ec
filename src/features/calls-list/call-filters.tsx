// The rarer filters of the list. Loaded when they are first opened.
import type { CallsQuery } from '#contract/call-link.ts'
import { callStatuses } from '#contract/call-rules.ts'
import {
  type FilterNames,
  answeredWords,
  directionWords,
  escalationWords,
  weekdays,
} from '#src/features/calls-list/filter-words.ts'
import { RangeFields } from '#src/features/calls-list/range-fields.tsx'
import { statusWords } from '#src/floor/call-words.ts'
import { businessChoices } from '#src/lib/business-choices.ts'
import { ChecksField, ChoiceField, SelectField, YesNoField, moodOptions } from '#src/ui/filter-fields.tsx'

interface CallFiltersProps {
  query: CallsQuery
  names: FilterNames
  onChange: (query: CallsQuery) => void
}

const firstUpper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const optionsOf = <Value extends string>(words: Readonly<Record<Value, string>>) =>
  (Object.keys(words) as Value[]).map((value) => ({ value, label: firstUpper(words[value]) }))
const named = (list: FilterNames['agents']) => list.map(({ id, name }) => ({ value: id, label: name }))

const statuses = callStatuses.map((value) => ({ value, label: statusWords[value] }))
const directions = optionsOf(directionWords)
const days = weekdays.map((label, index) => ({ value: String(index), label }))
const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}))

/** The content of the "+ Filter" panel; every change shows at once. */
export function CallFilters({ query, names, onChange }: CallFiltersProps) {
  const change = (part: CallsQuery) => onChange({ ...query, ...part })
  const select = (
    label: string,
    member: keyof CallsQuery,
    options: readonly { value: string; label: string }[],
    read: (value: string) => unknown = (value) => value,
  ) => (
    <SelectField
      label={label}
      options={options}
      value={query[member] === undefined ? undefined : String(query[member])}
      onChange={(value) => change({ [member]: value === undefined ? undefined : read(value) })}
    />
  )
  const yesNo = (
    legend: string,
    member: 'escalated' | 'missed' | 'has_note',
    words: { yes?: string; no?: string } = {},
  ) => (
    <YesNoField
      legend={legend}
      value={query[member]}
      {...words}
      onChange={(value) => change({ [member]: value })}
    />
  )
  return (
    <div className="filter-panel calls-filters">
      <div>
        <ChecksField
          legend="State"
          options={statuses}
          chosen={query.status ?? []}
          onChange={(status) => change({ status })}
        />
        <ChoiceField
          legend="Direction"
          options={directions}
          value={query.direction}
          onChange={(direction) => change({ direction })}
        />
        {select('Business', 'business_id', businessChoices(named(names.businesses), query.business_id))}
        {select('Answered by', 'answered_by', optionsOf(answeredWords))}
        {(names.agents.length > 0 || query.agent_id !== undefined) &&
          select('Taken by', 'agent_id', named(names.agents))}
        {select('Escalation', 'escalation_status', optionsOf(escalationWords))}
      </div>
      <div>
        <ChoiceField
          legend="Mood at the end"
          options={moodOptions}
          value={query.sentiment}
          onChange={(sentiment) => change({ sentiment })}
        />
        <RangeFields query={query} onChange={onChange} />
        {yesNo('Escalated', 'escalated')}
        {yesNo('Missed', 'missed')}
        {yesNo('Note of a manager', 'has_note', { yes: 'With', no: 'Without' })}
        <div className="calls-pair">
          {select('Weekday', 'weekday', days, Number)}
          {select('Hour', 'hour', hours, Number)}
        </div>
      </div>
    </div>
  )
}
