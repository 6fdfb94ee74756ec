// The fields of a filter panel, the same over every list: check some, choose one or any.
import { Checkbox, SegmentedControl, Select } from '@mantine/core'
import type { ReactNode } from 'react'

interface Option<Value extends string = string> {
  value: Value
  label: string
}

/** Moods as a filter has them: a sign and its word. */
export const moodOptions = [
  { label: '▼ Negative', value: 'negative' },
  { label: '◦ Neutral', value: 'neutral' },
  { label: '▲ Positive', value: 'positive' },
] as const

interface ChecksFieldProps<Value extends string> {
  legend: string
  options: readonly Option<Value>[]
  chosen: readonly Value[]
  /** In the order of `options`. */
  onChange: (chosen: Value[]) => void
}

/** Any of them; none checked is all. */
export function ChecksField<Value extends string>(props: ChecksFieldProps<Value>) {
  const { legend, options, chosen, onChange } = props
  const toggle = (item: Value) =>
    onChange(options.flatMap(({ value }) => (chosen.includes(value) !== (value === item) ? [value] : [])))
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="filter-checks">
        {options.map(({ value, label }) => (
          <Checkbox
            key={value}
            size="xs"
            label={label}
            checked={chosen.includes(value)}
            onChange={() => toggle(value)}
          />
        ))}
      </div>
    </fieldset>
  )
}

interface ChoiceFieldProps<Value extends string> {
  legend: string
  options: readonly Option<Value>[]
  value: Value | null | undefined
  onChange: (value: Value | undefined) => void
  /** Beside the choice. */
  children?: ReactNode
}

/** One of a few, or any. */
export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>) {
  const { legend, options, value, onChange, children } = props
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="filter-choice">
        <SegmentedControl
          fullWidth={children === undefined}
          aria-label={legend}
          data={[{ label: 'Any', value: '' }, ...options]}
          value={value ?? ''}
          onChange={(chosen) => onChange(options.find((option) => option.value === chosen)?.value)}
        />
        {children}
      </div>
    </fieldset>
  )
}

interface YesNoFieldProps {
  legend: string
  value: boolean | undefined
  yes?: string
  no?: string
  onChange: (value: boolean | undefined) => void
}

/** Yes, no, or any. */
export function YesNoField({ legend, value, yes = 'Yes', no = 'No', onChange }: YesNoFieldProps) {
  return (
    <ChoiceField
      legend={legend}
      options={[
        { label: yes, value: 'true' },
        { label: no, value: 'false' },
      ]}
      value={value === undefined ? undefined : value ? 'true' : 'false'}
      onChange={(chosen) => onChange(chosen === undefined ? undefined : chosen === 'true')}
    />
  )
}

interface SelectFieldProps {
  label: string
  options: readonly Option[]
  value: string | null | undefined
  onChange: (value: string | undefined) => void
}

/** One of many, or any. What is chosen stays to be seen, though nobody knows its name. */
export function SelectField({ label, options, value, onChange }: SelectFieldProps) {
  const isKnown = value === undefined || value === null || options.some((item) => item.value === value)
  const all = isKnown ? options : [...options, { value, label: value }]
  return (
    <Select
      label={label}
      placeholder="Any"
      data={[...all]}
      value={value ?? null}
      size="xs"
      searchable={all.length > 8}
      clearable
      comboboxProps={{ withinPortal: false }}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  )
}
