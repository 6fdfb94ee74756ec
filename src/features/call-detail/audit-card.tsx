// The trail of a call: everything that was done on it, with who and when.
import type { AuditEvent } from '#contract/audit.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { Button } from '#src/ui/button.tsx'
import { clockText } from '#src/ui/clock-text.ts'
import { ListFoot } from '#src/ui/list-foot.tsx'

/** So many events of the trail are read at once. */
export const trailPiece = 200

export type Trail =
  | { status: 'denied' | 'loading' }
  | { status: 'failed'; words: string }
  | { status: 'ready'; events: readonly AuditEvent[]; total: number }

interface AuditCardProps {
  trail: Trail
  startedAt: number
  onMore: () => void
  onLine: (lineId: number) => void
}

/** The card. */
export function AuditCard({ trail, startedAt, onMore, onLine }: AuditCardProps) {
  return (
    <section className="card" aria-label="Audit" aria-busy={trail.status === 'loading'}>
      <header>
        <h3>Audit {trail.status === 'ready' && <b>{trail.total}</b>}</h3>
      </header>
      {trail.status === 'denied' && (
        <p className="t3">You don’t have permission. A manager or an owner sees who did what.</p>
      )}
      {trail.status === 'loading' && <p className="t3">Loading…</p>}
      {trail.status === 'failed' && (
        <p role="alert">
          {trail.words} <Button onClick={onMore}>Try again</Button>
        </p>
      )}
      {trail.status === 'ready' && (
        <>
          {trail.events.length === 0 && <p className="t3">No events.</p>}
          <ol className="audit">
            {trail.events.map(({ id, at, text, actorName, actorRole, interactionId }) => (
              <li key={id}>
                <time dateTime={at} title={clockText(Date.parse(at))}>
                  {formatDuration(Math.max(0, Date.parse(at) - startedAt))}
                </time>
                <span>
                  {text}
                  <span className="t3">
                    {' '}
                    {actorName}
                    {actorRole !== 'system' && actorRole !== 'webhook' && `, ${actorRole.replace('_', ' ')}`}
                  </span>
                  {interactionId !== undefined && (
                    <button type="button" className="link" onClick={() => onLine(interactionId)}>
                      its line
                    </button>
                  )}
                </span>
              </li>
            ))}
          </ol>
          <ListFoot
            noun="event"
            shown={trail.events.length}
            total={trail.total}
            atOnce={trailPiece}
            problem={null}
            onMore={onMore}
          />
        </>
      )}
    </section>
  )
}
