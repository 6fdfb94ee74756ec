// One alert: which call, why, since when, who has it, and what can be done.
import { type FormEvent, useEffect, useRef } from 'react'
import { asksAgain } from '#contract/alert-words.ts'
import { can } from '#contract/permissions.ts'
import type { AlertActs } from '#src/features/alerts/alert-acts.ts'
import { useAlertsDesk } from '#src/features/alerts/alerts-context.ts'
import { severityMark, severityName } from '#src/features/alerts/severity.ts'
import type { FloorAlert } from '#src/floor/open-alerts.ts'
import { describeDuration } from '#src/lib/duration.ts'
import { useServerNow } from '#src/live/use-live.ts'
import { Button } from '#src/ui/button.tsx'
import { clockText } from '#src/ui/clock-text.ts'
import { StateMark } from '#src/ui/state-mark.tsx'

export type Asking = 'note' | 'snooze' | null

interface AlertItemProps {
  item: FloorAlert
  acts: AlertActs
  /** Which of its small forms is open. */
  asking: Asking
  onAsk: (asking: Asking) => void
  /** What is written to be noted with it, and not sent. */
  note: string
  onNote: (note: string) => void
  onOpen: () => void
  /** Caps of the keys, where this is the alert they work on. */
  keyed: boolean
}

/** The alert as an entry of the inbox. */
export function AlertItem({ item, acts, asking, onAsk, note, onNote, onOpen, keyed }: AlertItemProps) {
  const { alert, caller, business, snoozed } = item
  const { user } = useAlertsDesk()
  const now = useServerNow(1000)
  const mayAct = can(user.role, 'alerts.handle')
  const isBusy = acts.busy.has(alert.id)
  const isMine = alert.owner?.id === user.user_id
  const isReminder = asksAgain(alert)
  const cap = (key: string) => (keyed ? key : undefined)
  return (
    <>
      <div className="alert-head">
        <StateMark meaning={severityMark[alert.severity]} label={severityName[alert.severity]} />
        <b className="clip">{alert.rule_name}</b>
        <span className="alert-since" title={`Active since ${clockText(Date.parse(alert.active_at))}`}>
          {describeDuration(now - Date.parse(alert.active_at))}
        </span>
      </div>
      <p className="alert-reason">{alert.reason}</p>
      <p className="alert-call clip">
        <bdi>{caller}</bdi>
        {business && ` · ${business}`}
      </p>
      {alert.owner && (
        <p className="alert-owner">
          <StateMark meaning="human" /> {isMine ? 'You have it' : `${alert.owner.name} has it`}
          {alert.acknowledged_at && ` since ${clockText(Date.parse(alert.acknowledged_at)).slice(0, 5)}`}
          {alert.note && <span className="t2">: “{alert.note}”</span>}
        </p>
      )}
      {isReminder && alert.acknowledged_at && (
        <p className="alert-owner tx-attention">
          <StateMark meaning="attention" /> Still active, acknowledged by {isMine ? 'you' : alert.owner?.name}{' '}
          {describeDuration(now - Date.parse(alert.acknowledged_at))} ago
        </p>
      )}
      {snoozed && alert.snoozed_until && (
        <p className="alert-owner t3">
          <StateMark meaning="paused" /> Snoozed until{' '}
          {clockText(Date.parse(alert.snoozed_until)).slice(0, 5)}
        </p>
      )}
      <div className="alert-acts">
        <Button onClick={onOpen} cap={cap('↵')}>
          Open call
        </Button>
        {mayAct && isMine && isReminder && (
          <Button
            busy={isBusy}
            onClick={() => void acts.act([alert.id], { action: 'acknowledge' })}
            cap={cap('a')}
          >
            I am on it
          </Button>
        )}
        {mayAct && !isMine && (
          <Button busy={isBusy} onClick={() => onAsk(asking === 'note' ? null : 'note')} cap={cap('a')}>
            {alert.owner ? 'Take over' : 'Acknowledge'}
          </Button>
        )}
        {mayAct && (
          <>
            <Button
              kind="quiet"
              busy={isBusy}
              aria-expanded={asking === 'snooze'}
              onClick={() => onAsk(asking === 'snooze' ? null : 'snooze')}
              cap={cap('s')}
            >
              Snooze
            </Button>
            <Button
              kind="quiet"
              busy={isBusy}
              onClick={() => void acts.act([alert.id], { action: 'resolve' })}
              cap={cap('r')}
            >
              Resolve
            </Button>
          </>
        )}
      </div>
      {asking === 'note' && (
        <NoteForm
          takesOver={alert.owner?.name ?? null}
          note={note}
          onNote={onNote}
          busy={isBusy}
          onSend={async (note) => {
            const force = alert.owner !== undefined
            const isDone = await acts.act([alert.id], {
              action: 'acknowledge',
              ...(note === '' ? {} : { note }),
              ...(force ? { force } : {}),
            })
            if (!isDone) return
            onNote('')
            onAsk(null)
          }}
        />
      )}
      {asking === 'snooze' && (
        <div className="alert-acts" role="group" aria-label="Snooze for" ref={toFirst}>
          {snoozes.map(({ span, name }) => (
            <Button
              key={span}
              busy={isBusy}
              onClick={async () => {
                if (await acts.act([alert.id], { action: 'snooze', for: span })) onAsk(null)
              }}
            >
              {name}
            </Button>
          ))}
        </div>
      )}
    </>
  )
}

/** It was asked for: the next key is meant for it. */
const toFirst = (group: HTMLElement | null) => group?.querySelector('button')?.focus()

const snoozes = [
  { span: '15m', name: '15 min' },
  { span: '1h', name: '1 hour' },
  { span: 'shift', name: 'This shift' },
] as const

interface NoteFormProps {
  takesOver: string | null
  note: string
  onNote: (note: string) => void
  busy: boolean
  onSend: (note: string) => Promise<void>
}

function NoteForm({ takesOver, note, onNote, busy, onSend }: NoteFormProps) {
  const field = useRef<HTMLInputElement>(null)
  // It was asked for by a key or a press: the next thing typed belongs here.
  useEffect(() => field.current?.focus(), [])
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) void onSend(note.trim())
  }
  return (
    <form className="alert-note" onSubmit={handleSubmit}>
      <input
        ref={field}
        aria-label="Note for your colleagues, may stay empty"
        placeholder="Note, may stay empty"
        maxLength={500}
        dir="auto"
        value={note}
        onChange={(event) => onNote(event.target.value)}
      />
      <Button kind="primary" type="submit" busy={busy} cap="↵">
        {takesOver ? `Take it from ${takesOver}` : 'I have it'}
      </Button>
    </form>
  )
}
