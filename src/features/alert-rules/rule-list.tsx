// All rules, each as a sentence: what it watches, who is told, and a switch.
import { useState } from 'react'
import type { AlertRule } from '#contract/alert.ts'
import { conditionWords, spanWords } from '#contract/alert-words.ts'
import { roleNames } from '#src/features/alert-rules/rule-form.tsx'
import type { Meaning } from '#src/lib/meaning.ts'
import { Button } from '#src/ui/button.tsx'
import { StateMark } from '#src/ui/state-mark.tsx'

interface RuleListProps {
  rules: readonly AlertRule[]
  openId: string | null
  /** Rules something is being done with. */
  busy: ReadonlySet<string>
  onOpen: (rule: AlertRule) => void
  onSwitch: (rule: AlertRule, enabled: boolean) => void
  onDelete: (rule: AlertRule) => void
}

const marks: Record<AlertRule['severity'], { meaning: Meaning; name: string }> = {
  info: { meaning: 'live', name: 'Info' },
  warning: { meaning: 'attention', name: 'Warning' },
  critical: { meaning: 'act', name: 'Critical' },
}

/** Rules by name. */
export function RuleList({ rules, openId, busy, onOpen, onSwitch, onDelete }: RuleListProps) {
  const [asked, setAsked] = useState<string | null>(null)
  return (
    <ul className="rule-list">
      {rules.map((rule) => {
        const { meaning, name } = marks[rule.severity]
        const isBusy = busy.has(rule.id)
        return (
          <li key={rule.id} aria-current={rule.id === openId || undefined} data-enabled={rule.enabled}>
            <div className="alert-rule-head">
              <StateMark meaning={meaning} label={name} />
              <b className="clip">{rule.name}</b>
              <button
                type="button"
                role="switch"
                aria-checked={rule.enabled}
                aria-label={`${rule.name} is on`}
                className="chip"
                disabled={isBusy}
                onClick={() => onSwitch(rule, !rule.enabled)}
              >
                {rule.enabled ? 'On' : 'Off'}
              </button>
            </div>
            <p className="t2">
              {conditionWords(rule.condition)}
              {rule.min_duration_s > 0 && `, for ${spanWords(rule.min_duration_s)}`}
            </p>
            <p className="t3">
              {rule.business_id ?? 'All business lines'} · tells{' '}
              {rule.recipients.map((role) => roleNames[role]).join(', ')}
            </p>
            <div className="alert-rule-acts">
              <Button aria-label={`Change ${rule.name}`} onClick={() => onOpen(rule)}>
                Change
              </Button>
              {asked === rule.id ? (
                <>
                  <Button
                    kind="danger"
                    busy={isBusy}
                    onClick={() => {
                      setAsked(null)
                      onDelete(rule)
                    }}
                  >
                    Delete “{rule.name}”
                  </Button>
                  <Button kind="quiet" onClick={() => setAsked(null)}>
                    Keep it
                  </Button>
                </>
              ) : (
                <Button kind="quiet" aria-label={`Delete ${rule.name}`} onClick={() => setAsked(rule.id)}>
                  Delete
                </Button>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
