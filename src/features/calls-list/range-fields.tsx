// Ranges of numbers in the units people think in: QA in per cent, mood from −1 to +1, length in minutes and seconds.
import { useState } from 'react'
import type { CallsQuery } from '#contract/call-link.ts'

interface RangeFieldsProps {
  query: CallsQuery
  onChange: (query: CallsQuery) => void
}

interface Unit {
  name: string
  min: keyof CallsQuery
  max: keyof CallsQuery
  print: (value: number) => string
  /** Undefined where the text is no value. */
  read: (text: string) => number | undefined
  hint: string
}

const numberIn = (text: string, from: number, to: number): number | undefined => {
  const value = Number(text.replace(',', '.').replace('−', '-'))
  return Number.isFinite(value) && value >= from && value <= to ? value : undefined
}
const round = (value: number): number => Math.round(value * 10_000) / 10_000

function readLength(text: string): number | undefined {
  const parts = text.split(':')
  if (parts.length > 3 || !parts.every((part) => /^\d+(\.\d+)?$/.test(part))) return undefined
  return parts.reduce((seconds, part) => seconds * 60 + Number(part), 0)
}
const two = (value: number) => String(value).padStart(2, '0')

const units: readonly Unit[] = [
  {
    name: 'QA, %',
    min: 'min_qa_score',
    max: 'max_qa_score',
    print: (value) => String(Math.round(value * 1000) / 10),
    read: (text) => {
      const value = numberIn(text, 0, 100)
      return value === undefined ? undefined : round(value / 100)
    },
    hint: '0 to 100',
  },
  {
    name: 'Mood, −1 to +1',
    min: 'min_sentiment_score',
    max: 'max_sentiment_score',
    print: (value) => String(Math.round((value * 2 - 1) * 100) / 100),
    read: (text) => {
      const value = numberIn(text, -1, 1)
      return value === undefined ? undefined : round((value + 1) / 2)
    },
    hint: '−1 to +1',
  },
  {
    name: 'Length, m:ss',
    min: 'min_duration',
    max: 'max_duration',
    print: (value) => `${Math.floor(value / 60)}:${two(Math.floor(value % 60))}`,
    read: readLength,
    hint: 'm:ss or seconds',
  },
]

/** Three ranges, each with two fields; a field that is left with no value in it says what it takes. */
export function RangeFields({ query, onChange }: RangeFieldsProps) {
  return units.map((unit) => {
    const field = (member: keyof CallsQuery, placeholder: string, fits: (value: number) => boolean) => (
      <ValueField
        label={`${unit.name}, ${placeholder.toLowerCase()}`}
        placeholder={placeholder}
        unit={unit}
        value={query[member] as number | undefined}
        fits={fits}
        onChange={(value) => onChange({ ...query, [member]: value })}
      />
    )
    const [min, max] = [query[unit.min], query[unit.max]]
    return (
      <fieldset key={unit.name}>
        <legend>{unit.name}</legend>
        <div className="calls-pair">
          {field(unit.min, 'From', (value) => typeof max !== 'number' || value <= max)}
          {field(unit.max, 'To', (value) => typeof min !== 'number' || value >= min)}
        </div>
      </fieldset>
    )
  })
}

interface ValueFieldProps {
  label: string
  placeholder: string
  unit: Unit
  value: number | undefined
  /** The other end of the range allows it. */
  fits: (value: number) => boolean
  onChange: (value: number | undefined) => void
}

/** Takes its value when it is left, or with Enter. */
function ValueField({ label, placeholder, unit, value, fits, onChange }: ValueFieldProps) {
  const shown = value === undefined ? '' : unit.print(value)
  const [typed, setTyped] = useState({ of: shown, text: shown })
  const text = typed.of === shown ? typed.text : shown
  const read = text.trim() === '' ? undefined : unit.read(text.trim())
  const isTurned = read !== undefined && !fits(read)
  const isWrong = isTurned || (text.trim() !== '' && read === undefined)
  const take = () => {
    if (!isWrong && read !== value) onChange(read)
  }
  return (
    <span className="calls-value">
      <input
        className="field"
        value={text}
        placeholder={placeholder}
        aria-label={label}
        aria-invalid={isWrong}
        autoComplete="off"
        onChange={(event) => setTyped({ of: shown, text: event.target.value })}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take()
        }}
      />
      {isWrong && (
        <small className="tx-act" role="alert">
          {isTurned ? 'The ends are turned round' : unit.hint}
        </small>
      )}
    </span>
  )
}
