// The form of a rule: fields with their faults, who is told, and what it would have done in the last day.
import { Checkbox, Select, TextInput } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { AlertRule, AlertRuleBody, AlertSeverity } from '#contract/alert.ts'
import type { Role } from '#contract/permissions.ts'
import { ConditionFields } from '#src/features/alert-rules/condition-fields.tsx'
import {
  type Field,
  type RuleDraft,
  draftOf,
  emptyDraft,
  faultsByField,
  readDraft,
} from '#src/features/alert-rules/rule-draft.ts'
import { RulePreview } from '#src/features/alert-rules/rule-preview.tsx'
import type { Api } from '#src/lib/api.ts'
import { useDigest } from '#src/live/use-live.ts'
import { Button } from '#src/ui/button.tsx'
import { fieldFaults, problemWords } from '#src/ui/problem-words.ts'

interface RuleFormProps {
  api: Api
  /** Null writes a new one. */
  rule: AlertRule | null
  /** What was written and not saved; null shows the rule as it is. */
  draft: RuleDraft | null
  onChange: (part: Partial<RuleDraft>) => void
  onSaved: (rule: AlertRule) => void
  /** Throws away what was written. */
  onDiscard: () => void
  /** Leaves the form; what was written stays. */
  onClose: () => void
}

const severities: readonly { value: AlertSeverity; label: string }[] = [
  { value: 'info', label: 'Info: stands in the list' },
  { value: 'warning', label: 'Warning: a soft cue once' },
  { value: 'critical', label: 'Critical: stays until somebody has it' },
]
export const roleNames: Record<Role, string> = {
  owner: 'Owners',
  manager: 'Managers',
  dispatcher: 'Dispatchers',
  csr: 'Customer service',
  sales_rep: 'Sales reps',
  tech: 'Technicians',
  viewer: 'Viewers',
}

/** Faults are shown once somebody has tried to save. */
export function RuleForm({ api, rule, draft: kept, onChange, onSaved, onDiscard, onClose }: RuleFormProps) {
  const businesses = useDigest((digest) => digest.businesses)
  const draft = kept ?? (rule ? draftOf(rule) : emptyDraft)
  const form = useRef<HTMLFormElement>(null)
  const [isTried, setTried] = useState(false)
  const [refused, setRefused] = useState<Partial<Record<Field, string>>>({})
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const { body, faults: found } = readDraft(draft)
  const faults = { ...(isTried ? found : {}), ...refused }
  const change = (part: Partial<RuleDraft>) => {
    setRefused({})
    onChange(part)
  }
  const [faultsShown, setFaultsShown] = useState(0)
  // It was opened to be written in; what is wrong is shown where it stands.
  useEffect(() => {
    const place = faultsShown === 0 ? 'input' : '[aria-invalid="true"], [data-fault] input'
    form.current?.querySelector<HTMLElement>(place)?.focus()
  }, [faultsShown])
  const handleKey = (event: KeyboardEvent) => {
    // An open list of choices closes first.
    const isChoosing = (event.target as HTMLElement).getAttribute('aria-expanded') === 'true'
    if (event.key !== 'Escape' || isChoosing) return
    event.preventDefault()
    event.stopPropagation()
    onClose()
  }
  const save = async (rule: AlertRule | null, wanted: Omit<AlertRuleBody, 'enabled'>) => {
    const answer = rule
      ? await api.request('PATCH /api/v1/alert-rules/:rule_id', {
          params: { rule_id: rule.id },
          body: wanted,
        })
      : await api.request('POST /api/v1/alert-rules', { body: wanted })
    if (answer.ok) return onSaved(answer.value.rule)
    setRefused(faultsByField(fieldFaults(answer.problem), draft.type))
    setFaultsShown((times) => times + 1)
    setProblem(problemWords(answer.problem))
  }
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    setProblem(null)
    if (!body) setFaultsShown((times) => times + 1)
    if (!body || busy) return
    setBusy(true)
    await save(rule, body)
    setBusy(false)
  }
  const choices = [
    { value: '', label: 'All business lines' },
    ...businesses,
    ...(rule?.business_id && !businesses.some(({ value }) => value === rule.business_id)
      ? [{ value: rule.business_id, label: rule.business_id }]
      : []),
  ]
  return (
    <form
      ref={form}
      className="rule-form"
      aria-label={rule ? `Rule: ${rule.name}` : 'New rule'}
      onSubmit={handleSubmit}
      onKeyDown={handleKey}
      noValidate
    >
      <TextInput
        label="Name"
        maxLength={80}
        autoComplete="off"
        value={draft.name}
        error={faults.name}
        onChange={(event) => change({ name: event.target.value })}
      />
      <ConditionFields draft={draft} faults={faults} onChange={change} />
      <Select
        label="On calls of"
        data={choices}
        value={draft.businessId}
        allowDeselect={false}
        onChange={(value) => change({ businessId: value ?? '' })}
      />
      <Select
        label="How urgent"
        data={severities}
        value={draft.severity}
        allowDeselect={false}
        onChange={(value) => value && change({ severity: value as AlertSeverity })}
      />
      <Checkbox.Group
        label="Who is told"
        error={faults.recipients}
        value={[...draft.recipients]}
        onChange={(value) => change({ recipients: value as Role[] })}
      >
        <div className="rule-recipients" data-fault={faults.recipients !== undefined || undefined}>
          {(Object.keys(roleNames) as Role[]).map((role) => (
            <Checkbox key={role} value={role} label={roleNames[role]} />
          ))}
        </div>
      </Checkbox.Group>
      <TextInput
        label="Ask again after, minutes"
        description="While it is still true, though somebody has it. Empty: never."
        inputMode="numeric"
        autoComplete="off"
        value={draft.remind}
        error={faults.remind}
        onChange={(event) => change({ remind: event.target.value })}
      />
      <RulePreview api={api} body={readDraft({ ...draft, name: draft.name || '-' }).body} />
      <div className="alert-rule-acts rule-form-foot">
        {problem && (
          <p role="alert" className="tx-act">
            {problem}
          </p>
        )}
        <Button kind="primary" type="submit" busy={busy}>
          {rule ? 'Save the rule' : 'Add the rule'}
        </Button>
        {kept ? (
          <Button onClick={onDiscard}>{rule ? 'Drop the changes' : 'Drop the new rule'}</Button>
        ) : (
          <Button onClick={onClose} cap="Esc">
            Close
          </Button>
        )}
      </div>
    </form>
  )
}
