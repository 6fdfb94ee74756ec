// What the rule would have done: counted over the recorded day while it is being written.
import { Link } from 'wouter'
import { useEffect, useState } from 'react'
import type { AlertPreview, AlertRuleBody } from '#contract/alert.ts'
import type { Api } from '#src/lib/api.ts'
import { formatPhone, formatCount } from '#src/lib/format.ts'
import { clockText } from '#src/ui/clock-text.ts'
import { Button } from '#src/ui/button.tsx'
import { problemWords } from '#src/ui/problem-words.ts'

/** It is asked for once nothing was typed for so long, ms. */
const restMs = 500

type State =
  | { kind: 'waiting' }
  | { kind: 'asking'; last: AlertPreview | null }
  | { kind: 'there'; found: AlertPreview }
  | { kind: 'failed'; words: string }

/** `body` is null while the fields are not right. */
export function RulePreview({ api, body }: { api: Api; body: Omit<AlertRuleBody, 'enabled'> | null }) {
  const [state, setState] = useState<State>({ kind: 'waiting' })
  const [attempt, setAttempt] = useState(0)
  // The name does not decide: another one asks nothing anew.
  const wish = body && JSON.stringify({ ...body, name: undefined })
  useEffect(() => {
    if (wish === null) return setState({ kind: 'waiting' })
    const aborter = new AbortController()
    setState((before) => ({ kind: 'asking', last: before.kind === 'there' ? before.found : null }))
    const timer = setTimeout(async () => {
      const answer = await api.request('POST /api/v1/alert-rules/preview', {
        body: JSON.parse(wish),
        signal: aborter.signal,
        timeoutMs: 20_000,
      })
      if (aborter.signal.aborted) return
      setState(
        answer.ok
          ? { kind: 'there', found: answer.value }
          : { kind: 'failed', words: problemWords(answer.problem) },
      )
    }, restMs)
    return () => {
      clearTimeout(timer)
      aborter.abort()
    }
  }, [api, wish, attempt])
  const found = state.kind === 'there' ? state.found : state.kind === 'asking' ? state.last : null
  return (
    <section
      className="rule-preview"
      aria-label="What it would have done"
      aria-busy={state.kind === 'asking'}
    >
      <p role="status">
        {state.kind === 'waiting' && 'Fill in what is missing to see how often it would have fired.'}
        {state.kind === 'asking' && !found && 'Looking through the last 24 hours…'}
        {state.kind === 'failed' && `It could not be counted: ${state.words}`}
        {found && <Sum found={found} />}
      </p>
      {state.kind === 'failed' && <Button onClick={() => setAttempt(attempt + 1)}>Count again</Button>}
      {found && found.calls.length > 0 && (
        <ul>
          {found.calls.map(({ call_id, name, at, reason, line_id }) => (
            <li key={`${call_id} ${at}`}>
              <span className="t3">{clockText(Date.parse(at))}</span>
              <Link
                className="link clip"
                href={`/live/${encodeURIComponent(call_id)}${line_id === undefined ? '' : `?line=${line_id}`}`}
              >
                <bdi>{formatPhone(name)}</bdi>
              </Link>
              <span className="clip t2">{reason}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Sum({ found }: { found: AlertPreview }) {
  const hours = (Date.parse(found.to) - Date.parse(found.from)) / 3600_000
  const span = found.complete
    ? 'the last 24 h'
    : `the last ${hours < 2 ? `${Math.round(hours * 60)} min` : `${Math.round(hours)} h`}`
  return (
    <>
      Would have fired <b>{formatCount(found.count)}</b> {found.count === 1 ? 'time' : 'times'} in {span},
      over {formatCount(found.calls_seen)} recorded calls.
      {!found.complete && ' The log holds more than is looked through.'}
      {found.count > found.calls.length && ` The newest ${found.calls.length} are listed.`}
    </>
  )
}
