// The editor of alert rules: the list beside the form, with every answer of the server told.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { AlertRule } from '#contract/alert.ts'
import { type RuleDraft, draftOf, emptyDraft } from '#src/features/alert-rules/rule-draft.ts'
import { RuleForm } from '#src/features/alert-rules/rule-form.tsx'
import { RuleList } from '#src/features/alert-rules/rule-list.tsx'
import type { Api } from '#src/lib/api.ts'
import { useUndo } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { useKept } from '#src/ui/kept.ts'
import { Notice } from '#src/ui/notice.tsx'
import { problemWords, undoOutcome } from '#src/ui/problem-words.ts'
import './alert-rules.css'

type Open = { rule: AlertRule | null } | null

const draftKey = (rule: AlertRule | null) => rule?.id ?? 'new'

/** Everything below the head of the page `/manage/alerts`. */
export function AlertRules({ api }: { api: Api }) {
  const [rules, setRules] = useState<readonly AlertRule[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [open, setOpen] = useState<Open>(null)
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set())
  const [said, setSaid] = useState('')
  // What is written and not saved stays, whatever else is looked at meanwhile.
  const [drafts, setDrafts] = useKept<Readonly<Record<string, RuleDraft>>>('rule-drafts', {})
  const list = useRef<HTMLElement>(null)
  const forget = (key: string) =>
    setDrafts((before) => Object.fromEntries(Object.entries(before).filter(([other]) => other !== key)))
  // The focus goes back to where the form was opened from, or to what took its place.
  const [returnTo, setReturnTo] = useState<string | null>(null)
  useEffect(() => {
    if (returnTo === null) return
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('[data-opens-rule]') ?? [])]
    const button = buttons.find(({ dataset }) => dataset['opensRule'] === returnTo) ?? buttons[0]
    button?.focus()
    setReturnTo(null)
  }, [returnTo])
  // Who came by key stands at the first thing to do.
  const isRead = rules !== null
  useEffect(() => {
    if (isRead && document.activeElement === document.body)
      list.current?.querySelector<HTMLElement>('[data-opens-rule]')?.focus()
  }, [isRead])
  // What an older page kept may lack a field of today.
  const draftFor = (rule: AlertRule | null) => {
    const draft = drafts[draftKey(rule)]
    return draft ? { ...(rule ? draftOf(rule) : emptyDraft), ...draft } : null
  }
  const close = (key: string, done = '') => {
    setOpen(null)
    setSaid(done)
    setReturnTo(key)
  }
  const offerUndo = useUndo()
  const load = useCallback(async () => {
    setProblem(null)
    const answer = await api.request('GET /api/v1/alert-rules')
    if (answer.ok) setRules(answer.value.rules)
    else setProblem(problemWords(answer.problem))
  }, [api])
  useEffect(() => void load(), [load])
  const put = (rule: AlertRule) =>
    setRules((before) =>
      [...(before ?? []).filter(({ id }) => id !== rule.id), rule].sort((a, b) =>
        a.name.localeCompare(b.name),
      ),
    )
  const during = async (id: string, work: () => Promise<void>) => {
    setBusy((before) => new Set([...before, id]))
    setProblem(null)
    await work()
    setBusy((before) => new Set([...before].filter((other) => other !== id)))
  }
  const handleSwitch = (rule: AlertRule, enabled: boolean) =>
    during(rule.id, async () => {
      const answer = await api.request('PATCH /api/v1/alert-rules/:rule_id', {
        params: { rule_id: rule.id },
        body: { enabled },
      })
      if (answer.ok) put(answer.value.rule)
      else setProblem(problemWords(answer.problem))
    })
  const handleDelete = (rule: AlertRule) =>
    during(rule.id, async () => {
      const answer = await api.request('DELETE /api/v1/alert-rules/:rule_id', {
        params: { rule_id: rule.id },
      })
      if (!answer.ok) return setProblem(problemWords(answer.problem))
      const place = rules?.findIndex(({ id }) => id === rule.id) ?? -1
      setRules((before) => (before ?? []).filter(({ id }) => id !== rule.id))
      if (open?.rule?.id === rule.id) setOpen(null)
      setSaid('')
      setReturnTo(draftKey(rules?.[place + 1] ?? rules?.[place - 1] ?? null))
      offerUndo({
        text: `Deleted the rule “${rule.name}”`,
        undo: async () => {
          const back = await api.request('POST /api/v1/alert-rules/:rule_id/restore', {
            params: { rule_id: rule.id },
          })
          if (back.ok) put(back.value.rule)
          return undoOutcome(back)
        },
      })
    })
  if (!rules)
    return problem ? (
      <Notice title="The rules could not be read" urgent>
        <p>{problem}</p>
        <Button onClick={() => void load()}>Try again</Button>
      </Notice>
    ) : (
      <Notice title="Reading the rules…" />
    )
  return (
    <div className="alert-rules" data-editing={open !== null || undefined}>
      <section aria-label="Rules" className="alert-rules-list" ref={list}>
        <div className="alert-rules-top">
          <p className="t2">
            A rule watches every live call. Tell few people of few things: what nobody can act on is no alert.
          </p>
          <Button kind="primary" data-opens-rule="new" onClick={() => setOpen({ rule: null })}>
            New rule{drafts['new'] && <small> · not saved</small>}
          </Button>
        </div>
        {problem && (
          <p role="alert" className="tx-act">
            {problem}
          </p>
        )}
        {said && !open && (
          <p role="status" className="alert-rules-said">
            {said}
          </p>
        )}
        {rules.length === 0 && (
          <Notice title="There is no rule yet.">
            <p>Without rules nobody is called; the board still sorts calls by attention.</p>
            <p>“New rule” adds the first, and counts how often it would have fired today.</p>
          </Notice>
        )}
        <RuleList
          rules={rules}
          openId={open?.rule?.id ?? null}
          busy={busy}
          drafts={drafts}
          onOpen={(rule) => setOpen({ rule })}
          onSwitch={(rule, enabled) => void handleSwitch(rule, enabled)}
          onDelete={(rule) => void handleDelete(rule)}
        />
      </section>
      <section aria-label="Editor" className="alert-rules-editor">
        {open ? (
          <RuleForm
            key={draftKey(open.rule)}
            api={api}
            rule={open.rule}
            draft={draftFor(open.rule)}
            onChange={(part) => {
              const [key, base] = [draftKey(open.rule), open.rule ? draftOf(open.rule) : emptyDraft]
              setDrafts((before) => ({ ...before, [key]: { ...(before[key] ?? base), ...part } }))
            }}
            onSaved={(rule) => {
              put(rule)
              forget(draftKey(open.rule))
              close(
                rule.id,
                `Saved “${rule.name}”. It ${rule.enabled ? 'watches from now on' : 'is off until it is switched on'}.`,
              )
            }}
            onDiscard={() => {
              const key = draftKey(open.rule)
              const thrown = drafts[key]
              forget(key)
              close(key)
              if (thrown)
                offerUndo({
                  text: open.rule ? `Dropped the changes to “${open.rule.name}”` : 'Dropped the new rule',
                  undo: () => {
                    setDrafts((before) => ({ ...before, [key]: thrown }))
                    setOpen(open)
                  },
                })
            }}
            onClose={() => close(draftKey(open.rule))}
          />
        ) : (
          <Notice
            title={
              said ||
              (rules.length > 0 ? 'Choose a rule to change it, or add one.' : 'A new rule is written here.')
            }
          />
        )}
      </section>
    </div>
  )
}
