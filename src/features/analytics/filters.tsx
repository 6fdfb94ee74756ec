// What analytics are asked: period, business, direction, interval, comparison, zone.
import { useState } from 'react'
import { type CallPeriod, callPeriods } from '#contract/call-link.ts'
import { type Interval, dateIn } from '#contract/zone-calendar.ts'
import { intervalNames } from '#contract/charts/place-text.ts'
import type { AnalyticsView } from '#src/features/analytics/analytics-query.ts'
import { zoneChoices } from '#src/features/analytics/zone-choices.ts'

interface FiltersProps {
  view: AnalyticsView
  onChange: (part: Partial<AnalyticsView>) => void
  /** The zone in use, and the company's. */
  zone: string
  homeZone: string
  now: number
  interval: Interval | null
  fitting: readonly Interval[]
  businesses: readonly { value: string; label: string }[]
  compares: boolean
}

const periodNames: Record<CallPeriod, string> = {
  today: 'Today',
  yesterday: 'Yesterday',
  '7d': '7 days',
  '28d': '28 days',
  '90d': '90 days',
}

/** One row of choices; everything is in the address. */
export function Filters(props: FiltersProps) {
  const { view, onChange, zone, homeZone, now, interval, fitting, businesses, compares } = props
  const [hasAllZones, setAllZones] = useState(false)
  const today = dateIn(zone, now)
  const isCustom = view.period === 'custom'
  return (
    <div className="an-filters" role="group" aria-label="What is shown">
      <div className="an-chips" role="group" aria-label="Period">
        {callPeriods.map((period) => (
          <button
            key={period}
            type="button"
            className="chip"
            aria-pressed={view.period === period}
            onClick={() => onChange({ period, from: null, to: null })}
          >
            {periodNames[period]}
          </button>
        ))}
        <button
          type="button"
          className="chip"
          aria-pressed={isCustom}
          onClick={() => onChange({ period: 'custom', from: view.from ?? today, to: view.to ?? today })}
        >
          From … to
        </button>
      </div>
      {isCustom && (
        <span className="an-dates">
          <input
            type="date"
            className="field"
            aria-label="First day"
            value={view.from ?? ''}
            max={today}
            onChange={({ target }) => target.value && onChange({ period: 'custom', from: target.value })}
          />
          to
          <input
            type="date"
            className="field"
            aria-label="Last day"
            value={view.to ?? ''}
            max={today}
            onChange={({ target }) => target.value && onChange({ period: 'custom', to: target.value })}
          />
        </span>
      )}
      <select
        className="field"
        aria-label="Business"
        value={view.businessId ?? ''}
        onChange={({ target }) => onChange({ businessId: target.value || null })}
      >
        <option value="">All businesses</option>
        {businesses.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <select
        className="field"
        aria-label="Direction"
        value={view.direction ?? ''}
        onChange={({ target }) => onChange({ direction: directionOf(target.value) })}
      >
        <option value="">Both directions</option>
        <option value="inbound">Inbound</option>
        <option value="outbound">Outbound</option>
      </select>
      {interval && (
        <select
          className="field"
          aria-label="Interval"
          value={interval}
          onChange={({ target }) =>
            onChange({ interval: fitting.find((one) => one === target.value) ?? null })
          }
        >
          {fitting.map((one) => (
            <option key={one} value={one}>
              By {intervalNames[one].toLowerCase()}
            </option>
          ))}
        </select>
      )}
      {compares && (
        <select
          className="field"
          aria-label="Comparison"
          value={view.compare ?? 'none'}
          onChange={({ target }) =>
            onChange({
              compare: target.value === 'previous' || target.value === 'weekday' ? target.value : null,
            })
          }
        >
          <option value="previous">vs the time before</option>
          <option value="weekday">vs the same weekdays</option>
          <option value="none">No comparison</option>
        </select>
      )}
      <select
        className="field"
        aria-label="Time zone"
        onFocus={() => setAllZones(true)}
        onPointerDown={() => setAllZones(true)}
        value={zone}
        onChange={({ target }) => onChange({ zone: target.value === homeZone ? null : target.value })}
      >
        {zoneChoices(zone, homeZone, hasAllZones).map(({ label, zones }) => (
          <optgroup key={label} label={label}>
            {zones.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  )
}

const directionOf = (value: string): AnalyticsView['direction'] =>
  value === 'inbound' || value === 'outbound' ? value : null
