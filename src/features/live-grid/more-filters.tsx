// The rarer filters: status, business, mood, QA. Loaded when they are first opened.
import { Checkbox, SegmentedControl, Select } from '@mantine/core'
import type { Call, CallStatus, SentimentLabel } from '#contract/call.ts'
import { callStatuses } from '#contract/call-rules.ts'
import { same } from '#src/lib/same.ts'
import { useFloor } from '#src/live/use-live.ts'
import { statusWords } from '#src/features/live-grid/call-words.ts'
import type { GridFilter } from '#src/features/live-grid/view.ts'

interface MoreFiltersProps {
  filter: GridFilter
  onChange: (part: Partial<GridFilter>) => void
}

const moods = [
  { label: 'Any', value: '' },
  { label: '▼ Negative', value: 'negative' },
  { label: '◦ Neutral', value: 'neutral' },
  { label: '▲ Positive', value: 'positive' },
]

function businessesOf(calls: ReadonlyMap<string, Call>): { value: string; label: string }[] {
  const names = new Map<string, string>()
  for (const { business_id, business_name } of calls.values())
    if (business_id) names.set(business_id, business_name ?? business_id)
  return [...names].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label))
}

/** The content of the "Add filter" panel. */
export function MoreFilters({ filter, onChange }: MoreFiltersProps) {
  const businesses = useFloor(businessesOf, same)
  const { status, businessId, mood, qa } = filter
  const toggleStatus = (item: CallStatus) =>
    onChange({ status: status.includes(item) ? status.filter((other) => other !== item) : [...status, item] })
  return (
    <div className="filter-panel">
      <fieldset>
        <legend>Status</legend>
        <div className="filter-checks">
          {callStatuses.map((item) => (
            <Checkbox
              key={item}
              size="xs"
              label={statusWords[item]}
              checked={status.includes(item)}
              onChange={() => toggleStatus(item)}
            />
          ))}
        </div>
      </fieldset>
      <Select
        label="Business"
        placeholder="Any business"
        data={businesses}
        value={businessId}
        onChange={(value) => onChange({ businessId: value })}
        clearable
        comboboxProps={{ withinPortal: false }}
      />
      <fieldset>
        <legend>Mood</legend>
        <SegmentedControl
          fullWidth
          aria-label="Mood"
          data={moods}
          value={mood ?? ''}
          onChange={(value) => onChange({ mood: value === '' ? null : (value as SentimentLabel) })}
        />
      </fieldset>
      <Checkbox
        size="xs"
        label="Running over 10 min"
        checked={filter.long}
        onChange={() => onChange({ long: !filter.long })}
      />
      <fieldset>
        <legend>QA</legend>
        <div className="filter-qa">
          <SegmentedControl
            aria-label="QA side"
            data={[
              { label: 'Any', value: '' },
              { label: 'Below', value: 'below' },
              { label: 'Above', value: 'above' },
            ]}
            value={qa?.side ?? ''}
            onChange={(side) =>
              onChange({
                qa: side === 'below' || side === 'above' ? { side, percent: qa?.percent ?? 60 } : null,
              })
            }
          />
          <input
            type="number"
            min={0}
            max={100}
            aria-label="QA limit"
            disabled={!qa}
            value={qa?.percent ?? 60}
            onChange={(event) =>
              qa &&
              onChange({
                qa: { ...qa, percent: Math.min(100, Math.max(0, event.target.valueAsNumber || 0)) },
              })
            }
          />
        </div>
      </fieldset>
    </div>
  )
}
