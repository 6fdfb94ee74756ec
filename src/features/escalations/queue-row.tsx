// One escalation of the queue: how long it waits, who calls, why, where the transfer stands, and taking it.
import { useEffect, useRef } from 'react'
import type { EscalationItem } from '#contract/escalation-endpoints.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { formatPhone } from '#src/lib/format.ts'
import { useServerNow } from '#src/live/use-live.ts'
import { useKeys } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { clockText } from '#src/ui/clock-text.ts'

interface QueueRowProps {
  item: EscalationItem
  isFocused: boolean
  mayTake: boolean
  busy: boolean
  /** Why it could not be taken; `holder` has the call in hand and can be taken over from. */
  refusal: { words: string; holder: string | null } | null
  onFocus: () => void
  onOpen: () => void
  onTake: () => void
  onTakeOver: () => void
}

/** A row that can have the focus; its name opens the call. */
export function QueueRow({
  item,
  isFocused,
  mayTake,
  busy,
  refusal,
  onFocus,
  onOpen,
  onTake,
  onTakeOver,
}: QueueRowProps) {
  const { cap, shortcuts } = useKeys()
  const row = useRef<HTMLLIElement>(null)
  const { call } = item
  const name =
    call.contact_name || formatPhone(call.direction === 'inbound' ? call.from_number : call.to_number)
  useEffect(() => {
    // After it was taken the row stands in another part: the focus goes along.
    if (isFocused && document.activeElement === document.body) row.current?.focus()
  }, [isFocused])
  return (
    <li
      ref={row}
      className="queue-row"
      data-escalation-id={item.id}
      tabIndex={isFocused ? 0 : -1}
      aria-label={`${name}, ${standing(item)}`}
      onFocus={onFocus}
    >
      <Wait item={item} />
      <button type="button" className="link queue-name clip" tabIndex={-1} dir="auto" onClick={onOpen}>
        {name}
      </button>
      <span className="clip t2">{call.business_name}</span>
      <span className="clip" dir="auto">
        {reasonOf(item)}
      </span>
      <span className="clip">{standing(item)}</span>
      <span className="queue-acts">
        {mayTake && (
          <Button
            kind={isFocused ? 'primary' : 'plain'}
            tabIndex={isFocused ? 0 : -1}
            cap={isFocused ? cap('queue.accept') : undefined}
            aria-keyshortcuts={shortcuts('queue.accept')}
            busy={busy}
            onClick={onTake}
          >
            Take it
          </Button>
        )}
      </span>
      {refusal && (
        <div className="queue-refusal">
          <span className="tx-act" role="alert">
            {refusal.words}
          </span>
          {refusal.holder !== null && (
            <Button kind="danger" tabIndex={isFocused ? 0 : -1} busy={busy} onClick={onTakeOver}>
              Take over from {refusal.holder}
            </Button>
          )}
        </div>
      )}
    </li>
  )
}

function Wait({ item }: { item: EscalationItem }) {
  const now = useServerNow(1000)
  const { status, requested_at, accepted_at, completed_at } = item
  if (status === 'completed' || status === 'cancelled')
    return <span className="queue-wait t3">{clockText(Date.parse(completed_at ?? requested_at))}</span>
  const since = Date.parse(status === 'pending' ? requested_at : (accepted_at ?? requested_at))
  const ms = Math.max(0, now - since)
  const isLong = status === 'pending' && ms >= 60_000
  return <span className={`queue-wait ${isLong ? 'tx-act' : ''}`}>{formatDuration(ms)}</span>
}

const triggers: Record<string, string> = {
  manual: 'a supervisor asked',
  sentiment: 'mood fell',
  keyword: 'a word was said',
  asked_for_human: 'asked for a person',
  low_qa_score: 'QA fell',
}

function reasonOf({ context_data, trigger_type }: EscalationItem): string {
  return typeof context_data.reason === 'string'
    ? context_data.reason
    : (triggers[trigger_type] ?? trigger_type.replaceAll('_', ' '))
}

function standing({ status, transfer, agent_name }: EscalationItem): string {
  const who = agent_name ?? transfer?.agent?.name
  if (transfer?.outcome === 'callback') return 'call back owed'
  if (transfer?.outcome === 'back_to_ai') return 'back to the AI'
  if (status === 'completed') return who ? `${who} is done` : 'done'
  if (status === 'cancelled') return 'withdrawn'
  if (status === 'in_progress') return who ? `${who} has it` : 'a person has it'
  if (transfer?.state === 'ringing') return `ringing ${who ?? 'somebody'}`
  if (transfer?.state === 'briefing') return `asking ${who ?? 'somebody'}`
  if (transfer?.state === 'rejected' || transfer?.state === 'timed_out' || transfer?.state === 'failed')
    return transfer.reason ?? 'nobody took it, the next is asked'
  return who ? `asking ${who}` : 'no one asked yet'
}
