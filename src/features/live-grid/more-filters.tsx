// The rarer filters: status, business, mood, QA. Loaded when they are first opened.
import { Checkbox } from '@mantine/core'
import { callStatuses } from '#contract/call-rules.ts'
import { statusWords } from '#src/floor/call-words.ts'
import type { GridFilter } from '#src/floor/view.ts'
import { businessChoices } from '#src/lib/business-choices.ts'
import { useDigest } from '#src/live/use-live.ts'
import { ChecksField, ChoiceField, SelectField, moodOptions } from '#src/ui/filter-fields.tsx'

interface MoreFiltersProps {
  filter: GridFilter
  onChange: (part: Partial<GridFilter>) => void
}

const statuses = callStatuses.map((value) => ({ value, label: statusWords[value] }))
const sides = [
  { label: 'Below', value: 'below' },
  { label: 'Above', value: 'above' },
] as const

/** The content of the "Add filter" panel. */
export function MoreFilters({ filter, onChange }: MoreFiltersProps) {
  const businesses = useDigest((digest) => digest.businesses)
  const { status, businessId, mood, qa } = filter
  return (
    <div className="filter-panel">
      <ChecksField
        legend="State"
        options={statuses}
        chosen={status}
        onChange={(chosen) => onChange({ status: chosen })}
      />
      <SelectField
        label="Business"
        options={businessChoices(businesses, businessId)}
        value={businessId}
        onChange={(value) => onChange({ businessId: value ?? null })}
      />
      <ChoiceField
        legend="Mood"
        options={moodOptions}
        value={mood}
        onChange={(value) => onChange({ mood: value ?? null })}
      />
      <Checkbox
        size="xs"
        label="Running over 10 min"
        checked={filter.long}
        onChange={() => onChange({ long: !filter.long })}
      />
      <ChoiceField
        legend="QA"
        options={sides}
        value={qa?.side}
        onChange={(side) => onChange({ qa: side ? { side, percent: qa?.percent ?? 60 } : null })}
      >
        <input
          type="number"
          className="field"
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
      </ChoiceField>
    </div>
  )
}
