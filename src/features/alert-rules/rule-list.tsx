// All rules, each as a sentence: what it watches, who is told, and a switch.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
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
  /** By id: rules with changes that are not saved. */
  drafts: Readonly<Record<string, unknown>>
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
export function RuleList({ rules, openId, busy, drafts, onOpen, onSwitch, onDelete }: RuleListProps) {
  const [asked, setAsked] = useState<string | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const wasAsked = useRef<string | null>(null)
  useEffect(() => {
    // The question takes the place of what was pressed, and gives it back.
    const id = asked ?? wasAsked.current
    const place = asked === null ? 'data-deletes' : 'data-keeps'
    if (id !== null) list.current?.querySelector<HTMLElement>(`[${place}="${CSS.escape(id)}"]`)?.focus()
    wasAsked.current = asked
  }, [asked])
  const handleArrow = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const here = (event.target as HTMLElement).closest('li')
    const next = step === 1 ? here?.nextElementSibling : here?.previousElementSibling
    const button = next?.querySelector<HTMLElement>('[data-opens-rule]')
    if (step === 0 || !button) return
    event.preventDefault()
    button.focus()
  }
  return (
    // The arrows go from rule to rule; every button is reached by Tab as well.
    <ul className="rule-list" ref={list} onKeyDown={handleArrow}>
      {rules.map((rule) => {
        const { meaning, name } = marks[rule.severity]
        const isBusy = busy.has(rule.id)
        return (
          <li key={rule.id} aria-current={rule.id === openId || undefined} data-enabled={rule.enabled}>
            <div className="alert-rule-head">
              <StateMark meaning={meaning} label={name} />
              <b className="clip">{rule.name}</b>
              {drafts[rule.id] !== undefined && <small className="tx-attention">not saved</small>}
              <button
                type="button"
                role="switch"
                aria-checked={rule.enabled}
                aria-label={`${rule.name} is on`}
                className="chip"
                aria-disabled={isBusy || undefined}
                onClick={() => !isBusy && onSwitch(rule, !rule.enabled)}
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
              <Button
                aria-label={`Change ${rule.name}`}
                data-opens-rule={rule.id}
                onClick={() => onOpen(rule)}
              >
                Change
              </Button>
              {asked === rule.id ? (
                <>
                  {/* It stands where “Delete” stood: a second press by mistake keeps the rule. */}
                  <Button data-keeps={rule.id} onClick={() => setAsked(null)}>
                    Keep it
                  </Button>
                  <Button
                    kind="danger"
                    busy={isBusy}
                    onClick={() => {
                      setAsked(null)
                      onDelete(rule)
                    }}
                  >
                    <span className="clip">Delete “{rule.name}”</span>
                  </Button>
                </>
              ) : (
                <Button
                  kind="quiet"
                  aria-label={`Delete ${rule.name}`}
                  data-deletes={rule.id}
                  onClick={() => setAsked(rule.id)}
                >
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
