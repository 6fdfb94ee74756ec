// What the receiver is told: drafted from the call, corrected by whoever knows better, confirmed by the one who takes it.
import type { Briefing, BriefingItem } from '#contract/transfer.ts'
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
  onCorrect: () => void
  onConfirm: () => void
}

/** The card; a form takes its place while it is corrected. */
export function BriefingCard(props: BriefingCardProps) {
  const { briefing, mayEdit, mayConfirm, busy, onConfirm, onCorrect } = props
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
          <Button kind="quiet" onClick={onCorrect}>
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
