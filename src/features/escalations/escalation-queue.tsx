// The queue of escalations: who waits longest on top, taken by one press, the rest of the day below.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Session } from '#contract/auth.ts'
import type { EscalationItem } from '#contract/escalation-endpoints.ts'
import type { ApiProblem } from '#contract/errors.ts'
import { can } from '#contract/permissions.ts'
import type { Api } from '#src/lib/api.ts'
import { formatCount } from '#src/lib/format.ts'
import { QueueRow } from '#src/features/escalations/queue-row.tsx'
import { groupQueue, partWords } from '#src/features/escalations/queue-items.ts'
import { queuePiece, useQueue } from '#src/features/escalations/use-queue.ts'
import { useConnection } from '#src/live/use-live.ts'
import { useAction, useKeys } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { clockText } from '#src/ui/clock-text.ts'
import { ListFoot } from '#src/ui/list-foot.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { problemWords } from '#src/ui/problem-words.ts'
import './escalation-queue.css'

interface EscalationQueueProps {
  user: Session
  api: Api
  mine: boolean
  onMine: (mine: boolean) => void
  onOpen: (callId: string) => void
}

const all = () => true

/** Three parts: waiting, with a person, settled today. */
export function EscalationQueue({ user, api, mine, onMine, onOpen }: EscalationQueueProps) {
  const { items, total, problem, busy, reload, more } = useQueue(api, mine)
  const { cap, shortcuts } = useKeys()
  const { status, lastFrameAt } = useConnection()
  const [taking, setTaking] = useState<number | null>(null)
  const [refusal, setRefusal] = useState<{ id: number; words: string; holder: string | null } | null>(null)
  const [focusId, setFocusId] = useState<number | null>(null)
  // Two keys may come before the next paint: the second means the row the first one went to.
  const here = useRef<number | null>(null)
  const goTo = useCallback((id: number) => {
    here.current = id
    setFocusId(id)
  }, [])
  const list = useRef<HTMLDivElement>(null)
  const groups = groupQueue(items ?? [], all)
  const order = groups.flatMap((group) => group.items)
  const may = can(user.role, 'escalations.handle')

  const take = useCallback(
    async (item: EscalationItem, force = false) => {
      if (taking !== null) return
      setTaking(item.id)
      const answer = await api.request('PATCH /api/v1/escalations/:id', {
        params: { id: item.id },
        body: { status: 'in_progress', ...(force ? { force } : {}) },
      })
      setTaking(null)
      const refused = (problem: ApiProblem) => ({ words: problemWords(problem), holder: holderIn(problem) })
      setRefusal(answer.ok ? null : { id: item.id, ...refused(answer.problem) })
      if (!answer.ok) reload()
    },
    [api, taking, reload],
  )
  const step = (by: number) => {
    const at = order.findIndex(({ id }) => id === here.current)
    const next = order[Math.min(order.length - 1, Math.max(0, at < 0 ? 0 : at + by))]
    if (!next) return
    goTo(next.id)
    list.current?.querySelector<HTMLElement>(`[data-escalation-id="${next.id}"]`)?.focus()
  }
  const focused = order.find(({ id }) => id === focusId)
  const current = () => order.find(({ id }) => id === here.current)
  const hasRows = order.length > 0 || 'There is nobody in the queue.'
  useAction('queue.next', () => step(1), hasRows)
  useAction('queue.previous', () => step(-1), hasRows)
  useAction(
    'queue.open',
    () => {
      const item = current()
      if (item) onOpen(item.call_id)
    },
    focused ? true : 'Go to a row first.',
  )
  useAction(
    'queue.accept',
    () => {
      const item = current()
      if (item) void take(item)
    },
    !focused ? 'Go to a row first.' : focused.status === 'pending' || 'This one is not waiting any more.',
  )
  useAction('queue.mine', () => onMine(!mine))
  // The page is for reading from the top: the first row has the keys at once.
  const first = order[0]?.id ?? null
  useEffect(() => {
    if (focusId === null && first !== null) goTo(first)
  }, [focusId, first, goTo])

  if (problem && problem.code === 'FORBIDDEN')
    return <Notice title="The queue of escalations is not for your role." urgent />
  return (
    <div className="queue" ref={list}>
      <div className="queue-bar">
        <Button
          aria-pressed={mine}
          cap={cap('queue.mine')}
          aria-keyshortcuts={shortcuts('queue.mine')}
          onClick={() => onMine(!mine)}
        >
          Only mine
        </Button>
        {!may && <span className="t3">Your role may look. Others take the calls.</span>}
        {items !== null && problem ? (
          <span className="tx-act" role="alert">
            Not up to date: {problemWords(problem)}
          </span>
        ) : (
          items !== null &&
          status !== 'live' &&
          lastFrameAt !== null && (
            <span className="tx-attention" role="status">
              Not live. The queue is as it was at {clockText(lastFrameAt)}.
            </span>
          )
        )}
      </div>
      {items === null && problem && (
        <Notice title="The queue could not be read." urgent>
          <p>{problemWords(problem)}</p>
          <Button onClick={reload}>Try again</Button>
        </Notice>
      )}
      {items === null && !problem && <Notice title="Reading the queue…" />}
      {(items === null ? [] : groups).map(({ part, items: rows }) => (
        <section key={part} aria-label={partWords[part]} className={`queue-part queue-${part}`}>
          <h2>
            {partWords[part]} <span className="t3">{formatCount(rows.length)}</span>
          </h2>
          {rows.length === 0 ? (
            <p className="t3">{empty[part][mine ? 'mine' : 'all']}</p>
          ) : (
            <ul>
              {rows.map((item) => (
                <QueueRow
                  key={item.id}
                  item={item}
                  isFocused={item.id === focusId}
                  mayTake={may && part === 'waiting'}
                  busy={taking === item.id}
                  refusal={refusal?.id === item.id ? refusal : null}
                  onFocus={() => goTo(item.id)}
                  onOpen={() => onOpen(item.call_id)}
                  onTake={() => void take(item)}
                  onTakeOver={() => void take(item, true)}
                />
              ))}
            </ul>
          )}
        </section>
      ))}
      {items !== null && (
        <ListFoot
          noun="escalation"
          shown={items.length}
          total={total}
          atOnce={queuePiece}
          problem={null}
          busy={busy}
          onMore={more}
        />
      )}
    </div>
  )
}

/** Who has the call in hand, by name, where that alone stands in the way. */
function holderIn({ code, details }: ApiProblem): string | null {
  if (code !== 'CALL_CLAIMED') return null
  return (details as { holder?: { name?: string } } | undefined)?.holder?.name ?? 'somebody else'
}

const empty = {
  waiting: { all: 'Nobody waits for a person.', mine: 'Nobody waits for you.' },
  taken: { all: 'No call is with a person.', mine: 'You have no call.' },
  settled: { all: 'Nothing was settled today yet.', mine: 'You have settled nothing today yet.' },
} as const
