// Days of one's own choice: from and to, both included, on the calendar of the chosen zone.
import { useState } from 'react'
import type { CallsQuery } from '#contract/call-link.ts'
import { dateIn } from '#contract/zone-calendar.ts'

interface PeriodFieldsProps {
  query: CallsQuery
  zone: string
  onChange: (query: CallsQuery) => void
}

/** The content of the "Dates…" panel. Dates that are turned round are not asked for. */
export function PeriodFields({ query, zone, onChange }: PeriodFieldsProps) {
  const dayOf = (text: string | undefined): string =>
    text === undefined ? '' : text.length === 10 ? text : dateIn(zone, Date.parse(text))
  const [typed, setTyped] = useState({ from: dayOf(query.from_date), to: dayOf(query.to_date) })
  const isTurned = typed.from !== '' && typed.to !== '' && typed.from > typed.to
  const change = (next: typeof typed) => {
    setTyped(next)
    if (next.from !== '' && next.to !== '' && next.from > next.to) return
    onChange({
      ...query,
      period: undefined,
      from_date: next.from === '' ? undefined : next.from,
      to_date: next.to === '' ? undefined : next.to,
    })
  }
  const field = (name: 'from' | 'to', label: string) => (
    <label className="calls-field">
      <span>{label}</span>
      <input
        type="date"
        className="field"
        value={typed[name]}
        max="9999-12-31"
        aria-invalid={isTurned}
        onChange={({ target }) => change({ ...typed, [name]: target.value })}
      />
    </label>
  )
  return (
    <div className="filter-panel">
      <div className="calls-pair">
        {field('from', 'From')}
        {field('to', 'To')}
      </div>
      {isTurned && (
        <p className="tx-act" role="alert">
          Choose an end date after the start date.
        </p>
      )}
      <p className="t3">Whole days of {zone}, both included.</p>
    </div>
  )
}
