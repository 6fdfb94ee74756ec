// What the receiver is told: drafted from the call, corrected by whoever knows better, confirmed by the one who takes it.
import { type FormEvent, useState } from 'react'
import type { Briefing, BriefingItem, BriefingPatch } from '#contract/transfer.ts'
import { Button } from '#src/ui/button.tsx'
import { clockText } from '#src/ui/clock-text.ts'

interface BriefingCardProps {
  briefing: Briefing
  mayEdit: boolean
  /** Only the one who takes the call can say to have read it. */
  mayConfirm: boolean
  busy: boolean
  /** Number of the line with the id in the transcript; null when it is not held. */
  lineNumber: (lineId: number) => number | null
  onJump: (lineNumber: number) => void
  /** Resolves to true when the server took it. */
  onEdit: (patch: BriefingPatch) => Promise<boolean>
  onConfirm: () => void
}

/** The card; editing replaces it in place. */
export function BriefingCard(props: BriefingCardProps) {
  const [editing, setEditing] = useState(false)
  const { briefing, mayEdit, mayConfirm, busy, onConfirm } = props
  if (editing) return <EditForm {...props} onDone={() => setEditing(false)} />
  return (
    <div className="briefing">
      <dl>
        <dt>Who</dt>
        <dd dir="auto">{briefing.who}</dd>
        <dt>Wants</dt>
        <dd>
          <Item item={briefing.wants} {...props} />
        </dd>
        <dt>Promised</dt>
        <dd>
          <Items items={briefing.promised} none="Nothing was promised." {...props} />
        </dd>
        <dt>Mood</dt>
        <dd dir="auto">{briefing.mood}</dd>
        <dt>Open</dt>
        <dd>
          <Items items={briefing.open_questions} none="No open question." {...props} />
        </dd>
      </dl>
      <p className="briefing-foot">
        {briefing.confirmed_by && briefing.confirmed_at ? (
          <span className="tx-met">
            Read by {briefing.confirmed_by.name} at {clockText(Date.parse(briefing.confirmed_at))}
          </span>
        ) : (
          <span className="t3">Not confirmed as read yet</span>
        )}
        <span className="t3">
          {briefing.edited_by ? `Corrected by ${briefing.edited_by.name}` : 'Drafted from the call'}
        </span>
        {mayConfirm && !briefing.confirmed_at && (
          <Button kind="primary" busy={busy} onClick={onConfirm}>
            I have read it
          </Button>
        )}
        {mayEdit && (
          <Button kind="quiet" onClick={() => setEditing(true)}>
            Correct
          </Button>
        )}
      </p>
    </div>
  )
}

type LineWays = Pick<BriefingCardProps, 'lineNumber' | 'onJump'>

function Items({ items, none, ...ways }: { items: readonly BriefingItem[]; none: string } & LineWays) {
  if (items.length === 0) return <span className="t3">{none}</span>
  return (
    <ul>
      {items.map((item) => (
        <li key={item.text}>
          <Item item={item} {...ways} />
        </li>
      ))}
    </ul>
  )
}

function Item({ item, lineNumber, onJump }: { item: BriefingItem } & LineWays) {
  const number = item.line_id === undefined ? null : lineNumber(item.line_id)
  return (
    <>
      <span dir="auto">{item.text}</span>{' '}
      {number !== null && (
        <button type="button" className="link" onClick={() => onJump(number)}>
          line {number}
        </button>
      )}
    </>
  )
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

function EditForm({ briefing, busy, onEdit, onDone }: BriefingCardProps & { onDone: () => void }) {
  const [who, setWho] = useState(briefing.who)
  const [wants, setWants] = useState(briefing.wants.text)
  const [promised, setPromised] = useState(briefing.promised.map(({ text }) => text).join('\n'))
  const [open, setOpen] = useState(briefing.open_questions.map(({ text }) => text).join('\n'))
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    const patch = {
      who: who.trim() || briefing.who,
      wants,
      promised: linesOf(promised),
      open_questions: linesOf(open),
    }
    if (await onEdit(patch)) onDone()
  }
  return (
    <form className="briefing briefing-edit" aria-label="Correct the briefing" onSubmit={handleSubmit}>
      <label>
        Who
        <input value={who} maxLength={200} onChange={(event) => setWho(event.target.value)} />
      </label>
      <label>
        Wants
        <textarea rows={2} maxLength={600} value={wants} onChange={(event) => setWants(event.target.value)} />
      </label>
      <label>
        Promised, one a line
        <textarea rows={2} value={promised} onChange={(event) => setPromised(event.target.value)} />
      </label>
      <label>
        Open questions, one a line
        <textarea rows={2} value={open} onChange={(event) => setOpen(event.target.value)} />
      </label>
      <p className="briefing-foot">
        <Button kind="primary" type="submit" busy={busy}>
          Save the briefing
        </Button>
        <Button kind="quiet" onClick={onDone}>
          Leave it as it was
        </Button>
      </p>
    </form>
  )
}
