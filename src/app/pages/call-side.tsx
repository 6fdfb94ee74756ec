// Beside the script: score, escalations, notes, trail. All under each other where there is room, else one at a time.
import type { Session } from '#contract/auth.ts'
import { can } from '#contract/permissions.ts'
import { isLive } from '#contract/call-rules.ts'
import type { QAScore } from '#contract/transcript.ts'
import { AuditCard } from '#src/features/call-detail/audit-card.tsx'
import { EscalationHistory } from '#src/features/call-detail/escalation-history.tsx'
import { NotesCard } from '#src/features/call-detail/notes-card.tsx'
import { QaCard } from '#src/features/call-detail/qa-card.tsx'
import { QaReview } from '#src/features/call-detail/qa-review.tsx'
import type { Api } from '#src/lib/api.ts'
import type { OpenCall } from '#src/live/live-state.ts'
import { TransferSlot } from '#src/app/pages/transfer-slot.tsx'
import type { CallRecords } from '#src/app/pages/use-call-records.ts'

export type Tab = 'transcript' | 'qa' | 'escalations' | 'notes' | 'audit'

interface CallSideProps {
  open: OpenCall
  score: QAScore | null
  records: CallRecords
  user: Session
  api: Api
  /** The one that is shown; null: all of them. */
  tab: Tab | null
  onLine: (lineId: number) => void
  onJump: (lineNumber: number) => void
  onScore: (score: QAScore) => void
}

/** The cards of a call. */
export function CallSide({ open, score, records, user, api, tab, onLine, onJump, onScore }: CallSideProps) {
  const { callId, call, lines, total, notes } = open
  const startedAt = call ? Date.parse(call.started_at) : 0
  const numberOf = (lineId: number) => {
    const index = lines.findIndex(({ id }) => id === lineId)
    return index < 0 ? null : total - lines.length + index + 1
  }
  const shows = (one: Tab) => tab === null || tab === one
  const isRunning = call !== null && isLive(call.status)
  return (
    // What stands here scrolls; whoever goes by keyboard must be able to scroll it.
    <aside className="call-side" aria-label="Beside the transcript" tabIndex={0}>
      {shows('qa') && (
        <QaCard
          score={score}
          findings={records.findings}
          explains={records.explains}
          numberOf={numberOf}
          onLine={onLine}
        >
          {score && can(user.role, 'qa.review') && (
            <QaReview callId={callId} score={score} api={api} onScore={onScore} />
          )}
        </QaCard>
      )}
      {shows('escalations') && (
        <EscalationHistory escalations={records.escalations} startedAt={startedAt}>
          {isRunning && open.escalation && (
            <TransferSlot
              callId={callId}
              user={user}
              api={api}
              onJump={onJump}
              unfolded={undefined}
              onUnfold={() => {}}
            />
          )}
        </EscalationHistory>
      )}
      {shows('notes') && <NotesCard notes={notes} mayWrite={can(user.role, 'calls.note')} />}
      {shows('audit') && (
        <AuditCard trail={records.trail} startedAt={startedAt} onMore={records.more} onLine={onLine} />
      )}
    </aside>
  )
}
