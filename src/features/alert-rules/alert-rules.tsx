// The editor of alert rules: the list beside the form, with every answer of the server told.
import { useCallback, useEffect, useState } from 'react'
import type { AlertRule } from '#contract/alert.ts'
import { RuleForm } from '#src/features/alert-rules/rule-form.tsx'
import { RuleList } from '#src/features/alert-rules/rule-list.tsx'
import type { Api } from '#src/lib/api.ts'
import { useUndo } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { problemWords } from '#src/ui/problem-words.ts'
import './alert-rules.css'

type Open = { rule: AlertRule | null } | null

/** Everything below the head of the page `/manage/alerts`. */
export function AlertRules({ api }: { api: Api }) {
  const [rules, setRules] = useState<readonly AlertRule[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [open, setOpen] = useState<Open>(null)
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set())
  const [said, setSaid] = useState('')
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
      setRules((before) => (before ?? []).filter(({ id }) => id !== rule.id))
      if (open?.rule?.id === rule.id) setOpen(null)
      offerUndo({
        text: `Deleted the rule “${rule.name}”`,
        undo: async () => {
          const back = await api.request('POST /api/v1/alert-rules/:rule_id/restore', {
            params: { rule_id: rule.id },
          })
          if (back.ok) put(back.value.rule)
          return back.ok
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
    <div className="alert-rules">
      <section aria-label="Rules" className="alert-rules-list">
        <div className="alert-rules-top">
          <p className="t2">
            A rule watches every live call. Tell few people of few things: what nobody can act on is no alert.
          </p>
          <Button kind="primary" onClick={() => setOpen({ rule: null })}>
            New rule
          </Button>
        </div>
        {problem && (
          <p role="alert" className="tx-act">
            {problem}
          </p>
        )}
        {rules.length === 0 && (
          <Notice title="There is no rule yet.">
            <p>Without rules nobody is called; the board still sorts calls by attention.</p>
          </Notice>
        )}
        <RuleList
          rules={rules}
          openId={open?.rule?.id ?? null}
          busy={busy}
          onOpen={(rule) => setOpen({ rule })}
          onSwitch={(rule, enabled) => void handleSwitch(rule, enabled)}
          onDelete={(rule) => void handleDelete(rule)}
        />
      </section>
      <section aria-label="Editor" className="alert-rules-editor">
        {open ? (
          <RuleForm
            key={open.rule?.id ?? 'new'}
            api={api}
            rule={open.rule}
            onSaved={(rule) => {
              put(rule)
              setSaid(`Saved “${rule.name}”. It watches from now on.`)
              setOpen(null)
            }}
            onCancel={() => setOpen(null)}
          />
        ) : (
          <Notice title={said || 'Choose a rule to change it, or add one.'} />
        )}
      </section>
    </div>
  )
}
