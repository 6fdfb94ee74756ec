// Everything that was done on a call as one list in the order of time, made of what is kept of each part. Pure.
import type { Alert } from '#contract/alert.ts'
import type { AuditEvent } from '#contract/audit.ts'
import type { Call } from '#contract/call.ts'
import type { ClaimNews, Person } from '#contract/claim.ts'
import { machineScores, numbersOf } from '#contract/qa-review.ts'
import type { Escalation, Intervention, QAScore } from '#contract/transcript.ts'
import { type Said, alertEvents, escalationEvents } from '#server/domain/audit-events.ts'
import type { StoredNote } from '#server/domain/call-state.ts'

/** An entry of the log that was kept: `data` is the event's. */
export type KeptNews = { seq: number; at: string; by: Person | null } & (
  | { event: 'claim.changed'; data: ClaimNews }
  | { event: 'qa.score.updated'; data: { qa_score: QAScore } }
)

export interface TrailParts {
  call: Call
  escalations: readonly Escalation[]
  interventions: readonly Intervention[]
  notes: readonly StoredNote[]
  alerts: readonly Alert[]
  kept: readonly KeptNews[]
  /** The role of a user as it is now; undefined for others. */
  roleOf: (userId: string) => string | undefined
}

const callEvents = ({ call }: TrailParts): Said[] => [
  {
    key: 'started',
    at: call.started_at,
    action: 'call.started',
    text: call.inferred ? 'First heard of the call; its start was not reported' : 'Call started',
    actor: 'webhook',
  },
  {
    key: 'ended',
    at: call.ended_at,
    action: 'call.ended',
    text: call.status === 'failed' ? 'Call failed' : 'Call ended',
    actor: 'webhook',
    field: 'status',
    after: call.status,
  },
]

const actNames: Record<Intervention['action'], string> = {
  send_message: 'Message to the AI',
  pause: 'Pause the AI',
  resume: 'Resume the AI',
  override_instructions: 'New instructions',
  clear_override: 'Withdraw the instructions',
  transfer: 'Ask an agent to take the call',
  cancel_transfer: 'Take the transfer back',
  hand_back: 'Hand back to the AI',
  end: 'End the call',
  dial: 'Dial',
}

const actEvents = ({ interventions }: TrailParts): Said[] =>
  interventions.flatMap(({ command_id, action, by, at, updated_at, state, text, detail, interaction_id }) => {
    const told = { action: `intervention.${action}`, by, line: interaction_id, field: 'state' }
    const name = actNames[action]
    return [
      { ...told, key: `act ${command_id}`, at, text: name, after: text ?? null },
      {
        ...told,
        key: `act ${command_id} ${state}`,
        at: state === 'sent' ? undefined : updated_at,
        actor: 'webhook' as const,
        by: null,
        text: `${name}: ${state}${detail ? `, ${detail}` : ''}`,
        before: 'sent',
        after: state,
      },
    ]
  })

const noteEvents = ({ notes }: TrailParts): Said[] =>
  notes.flatMap(({ id, author_id, author_name, created_at, removed_at, note }) => {
    const by = { id: author_id, name: author_name }
    return [
      { key: `note ${id}`, at: created_at, action: 'note.added', text: 'Note', by, after: note },
      {
        key: `note ${id} -`,
        at: removed_at,
        action: 'note.removed',
        text: 'Note taken back',
        by,
        before: note,
      },
    ]
  })

const claimWords: Record<ClaimNews['change'], string> = {
  taken: 'Took the call in hand',
  renewed: 'Kept the call in hand',
  released: 'Let the call go',
  expired: 'The claim ran out',
  taken_over: 'Took the call over',
  asked: 'Asked for the call',
  handed_over: 'Handed the call over',
  kept: 'Kept the call that was asked for',
}

function keptEvents({ kept }: TrailParts): Said[] {
  let before: unknown = null
  return kept.map((news): Said => {
    const { seq, at, by } = news
    const told = { key: `log ${seq}`, at, by }
    if (news.event === 'claim.changed') {
      const { change, other, claim } = news.data
      const whose = other ? `, ${change === 'expired' ? '' : 'with '}${other.name}` : ''
      return {
        ...told,
        action: `claim.${change}`,
        text: `${claimWords[change]}${whose}`,
        after: claim?.name ?? null,
      }
    }
    const { qa_score } = news.data
    const { scored_by: _, ...machine } = machineScores(qa_score)
    const from = before ?? machine
    const after = numbersOf(qa_score)
    before = after
    const percent = Math.round(qa_score.overall_score * 100)
    return qa_score.review
      ? {
          ...told,
          action: 'qa.reviewed',
          text: `Reviewed QA: ${percent}`,
          field: 'qa_score',
          before: from,
          after,
        }
      : {
          ...told,
          action: 'qa.review_withdrawn',
          text: `Withdrew the QA review: ${percent}`,
          field: 'qa_score',
          before: from,
          after,
        }
  })
}

/** The trail, oldest first; what happened at the same instant stays in the order of the parts. */
export function auditTrail(parts: TrailParts): AuditEvent[] {
  const said = [
    ...callEvents(parts),
    ...keptEvents(parts),
    ...alertEvents(parts.alerts),
    ...escalationEvents(parts.escalations),
    ...actEvents(parts),
    ...noteEvents(parts),
  ]
  return said
    .flatMap((one) => (one.at === undefined ? [] : [{ ...one, at: one.at }]))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map(({ key, at, action, text, by, actor, field, before, after, line }) => ({
      id: key,
      callId: parts.call.id,
      at: new Date(at).toISOString(),
      actorId: by?.id || null,
      actorName: by?.name ?? (actor === 'webhook' ? 'Voice platform' : 'Callboard'),
      actorRole: by ? (parts.roleOf(by.id) ?? 'agent') : (actor ?? 'system'),
      action,
      field: field ?? null,
      before: before ?? null,
      after: after ?? null,
      requestId: null,
      text,
      ...(line === undefined ? {} : { interactionId: line }),
    }))
}
