// The rarer filters of the list. Loaded when they are first opened.
import { Checkbox, SegmentedControl, Select } from '@mantine/core'
import type { CallsQuery } from '#contract/call-link.ts'
import { callStatuses } from '#contract/call-rules.ts'
import {
  type FilterNames,
  answeredWords,
  escalationWords,
  weekdays,
} from '#src/features/calls-list/filter-words.ts'
import { RangeFields } from '#src/features/calls-list/range-fields.tsx'
import { statusWords } from '#src/floor/call-words.ts'

interface CallFiltersProps {
  query: CallsQuery
  names: FilterNames
  onChange: (query: CallsQuery) => void
}

const firstUpper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const options = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label: firstUpper(label) }))

/** The content of the "+ Filter" panel; every change shows at once. */
export function CallFilters({ query, names, onChange }: CallFiltersProps) {
  const change = (part: CallsQuery) => onChange({ ...query, ...part })
  const { status = [] } = query
  const toggle = (item: (typeof callStatuses)[number]) =>
    change({
      status: status.includes(item)
        ? status.filter((other) => other !== item)
        : callStatuses.filter((other) => other === item || status.includes(other)),
    })
  const select = (
    label: string,
    member: keyof CallsQuery,
    data: { value: string; label: string }[],
    read: (value: string) => unknown = (value) => value,
  ) => {
    const value = query[member] === undefined ? null : String(query[member])
    // What is asked for stays to be seen, though nobody knows its name.
    const all =
      value === null || data.some((item) => item.value === value) ? data : [...data, { value, label: value }]
    return (
      <Select
        label={label}
        placeholder="Any"
        data={all}
        value={value}
        size="xs"
        searchable={all.length > 8}
        clearable
        comboboxProps={{ withinPortal: false }}
        onChange={(chosen) => onChange({ ...query, [member]: chosen === null ? undefined : read(chosen) })}
      />
    )
  }
  const yesNo = (label: string, member: 'escalated' | 'missed' | 'has_note', yes: string, no: string) => (
    <fieldset>
      <legend>{label}</legend>
      <SegmentedControl
        fullWidth
        aria-label={label}
        data={[
          { label: 'Any', value: '' },
          { label: yes, value: 'true' },
          { label: no, value: 'false' },
        ]}
        value={query[member] === undefined ? '' : String(query[member])}
        onChange={(value) => change({ [member]: value === '' ? undefined : value === 'true' })}
      />
    </fieldset>
  )
  const named = (list: FilterNames['agents']) => list.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <div className="filter-panel calls-filters">
      <div>
        <fieldset>
          <legend>State</legend>
          <div className="filter-checks">
            {callStatuses.map((item) => (
              <Checkbox
                key={item}
                size="xs"
                label={statusWords[item]}
                checked={status.includes(item)}
                onChange={() => toggle(item)}
              />
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend>Direction</legend>
          <SegmentedControl
            fullWidth
            aria-label="Direction"
            data={[
              { label: 'Any', value: '' },
              { label: 'Inbound', value: 'inbound' },
              { label: 'Outbound', value: 'outbound' },
            ]}
            value={query.direction ?? ''}
            onChange={(value) => change({ direction: value === '' ? undefined : (value as 'inbound') })}
          />
        </fieldset>
        {select('Business', 'business_id', named(names.businesses))}
        {select('Answered by', 'answered_by', options(answeredWords))}
        {(names.agents.length > 0 || query.agent_id !== undefined) &&
          select('Taken by', 'agent_id', named(names.agents))}
        {select('Escalation', 'escalation_status', options(escalationWords))}
      </div>
      <div>
        <fieldset>
          <legend>Mood at the end</legend>
          <SegmentedControl
            fullWidth
            aria-label="Mood"
            data={[
              { label: 'Any', value: '' },
              { label: '▼', value: 'negative' },
              { label: '◦', value: 'neutral' },
              { label: '▲', value: 'positive' },
            ]}
            value={query.sentiment ?? ''}
            onChange={(value) => change({ sentiment: value === '' ? undefined : (value as 'neutral') })}
          />
        </fieldset>
        <RangeFields query={query} onChange={onChange} />
        {yesNo('Escalated', 'escalated', 'Yes', 'No')}
        {yesNo('Missed', 'missed', 'Yes', 'No')}
        {yesNo('Note of a manager', 'has_note', 'With', 'Without')}
        <div className="calls-pair">
          {select(
            'Weekday',
            'weekday',
            weekdays.map((label, index) => ({ value: String(index), label })),
            Number,
          )}
          {select(
            'Hour',
            'hour',
            Array.from({ length: 24 }, (_, hour) => ({
              value: String(hour),
              label: `${String(hour).padStart(2, '0')}:00`,
            })),
            Number,
          )}
        </div>
      </div>
    </div>
  )
}
