// The rarer filters: status, business, mood, QA. Loaded when they are first opened.
import { Checkbox, SegmentedControl, Select } from '@mantine/core'
import type { CallStatus, SentimentLabel } from '#contract/call.ts'
import { callStatuses } from '#contract/call-rules.ts'
import { useDigest } from '#src/live/use-live.ts'
import { statusWords } from '#src/floor/call-words.ts'
import type { GridFilter } from '#src/floor/view.ts'

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

/** The content of the "Add filter" panel. */
export function MoreFilters({ filter, onChange }: MoreFiltersProps) {
  const businesses = useDigest((digest) => digest.businesses)
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
        data={[...businesses]}
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
