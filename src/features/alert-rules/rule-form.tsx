// The form of a rule: fields with their faults, who is told, and what it would have done in the last day.
import { Checkbox, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { AlertRule, AlertRuleBody, AlertSeverity } from '#contract/alert.ts'
import type { Role } from '#contract/permissions.ts'
import { ConditionFields } from '#src/features/alert-rules/condition-fields.tsx'
import {
  type Field,
  type RuleDraft,
  draftOf,
  emptyDraft,
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
  onSaved: (rule: AlertRule) => void
  onCancel: () => void
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
export function RuleForm({ api, rule, onSaved, onCancel }: RuleFormProps) {
  const businesses = useDigest((digest) => digest.businesses)
  const [draft, setDraft] = useState<RuleDraft>(() => (rule ? draftOf(rule) : emptyDraft))
  const [isTried, setTried] = useState(false)
  const [refused, setRefused] = useState<Partial<Record<Field, string>>>({})
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const { body, faults: found } = readDraft(draft)
  const faults = { ...(isTried ? found : {}), ...refused }
  const change = (part: Partial<RuleDraft>) => {
    setRefused({})
    setDraft((before) => ({ ...before, ...part }))
  }
  const save = async (rule: AlertRule | null, wanted: Omit<AlertRuleBody, 'enabled'>) => {
    const answer = rule
      ? await api.request('PATCH /api/v1/alert-rules/:rule_id', {
          params: { rule_id: rule.id },
          body: wanted,
        })
      : await api.request('POST /api/v1/alert-rules', { body: wanted })
    if (answer.ok) return onSaved(answer.value.rule)
    setRefused(fieldFaults(answer.problem))
    setProblem(problemWords(answer.problem))
  }
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    setProblem(null)
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
      className="rule-form"
      aria-label={rule ? `Rule: ${rule.name}` : 'New rule'}
      onSubmit={handleSubmit}
      noValidate
    >
      <TextInput
        data-autofocus
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
        <div className="rule-recipients">
          {(Object.keys(roleNames) as Role[]).map((role) => (
            <Checkbox key={role} value={role} label={roleNames[role]} />
          ))}
        </div>
      </Checkbox.Group>
      <RulePreview api={api} body={readDraft({ ...draft, name: draft.name || '-' }).body} />
      {problem && (
        <p role="alert" className="tx-act">
          {problem}
        </p>
      )}
      <div className="alert-rule-acts">
        <Button kind="primary" type="submit" busy={busy}>
          {rule ? 'Save the rule' : 'Add the rule'}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  )
}
