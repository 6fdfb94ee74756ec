// One fact, one step of a call: the only place that decides what a fact means. Pure: the clock and the ids are given.
import { addLine, setMood } from '#server/domain/apply-line.ts'
import { endCall, openCall, setOwners, updateCall } from '#server/domain/apply-call.ts'
import {
  askForHuman,
  checkTriggers,
  completeEscalation,
  reportEscalation,
} from '#server/domain/apply-escalation.ts'
import { applyClaim } from '#server/domain/apply-claim.ts'
import { beginHandBack, followHandBack } from '#server/domain/apply-hand-back.ts'
import { endTurn, tidyPause } from '#server/domain/apply-holds.ts'
import {
  carryTransfer,
  changeBriefing,
  noteTransferCommand,
  transferReceipt,
} from '#server/domain/apply-transfer.ts'
import { reviewQa, setQa } from '#server/domain/apply-qa.ts'
import { moveAct, openAct } from '#server/domain/apply-receipt.ts'
import {
  type CallState,
  type Draft,
  type FactContext,
  flushCall,
  isoOf,
  startDraft,
  startState,
} from '#server/domain/call-state.ts'
import { changeAlert, raiseAlert } from '#server/domain/alerts/apply-alert.ts'
import { type Fact, callIdOf } from '#server/domain/fact.ts'

/**
 * Applies `fact` to the call's state; null means that the call is not known yet, and opens it: by `call.started` as the
 * platform says, by any other fact as an inferred call.
 */
export function applyFact(state: CallState | null, fact: Fact, context: FactContext): Draft {
  const at = timeOf(fact) ?? isoOf(context.now)
  const draft = state ? startDraft(state) : open(fact, at, context)
  decide(draft, fact, at, context)
  if (draft.rows.interventions.length > 0) followHandBack(draft, at, context.now)
  setOwners(draft, (id) => context.agent(id)?.userId)
  tidyPause(draft)
  flushCall(draft, at)
  return draft
}

function open(fact: Fact, at: string, context: FactContext): Draft {
  const said =
    fact.event === 'call.started' || fact.event === 'call.updated' ? fact.data.call : { id: callIdOf(fact) }
  const draft = startDraft(startState(openCall(said, at, context, fact.event !== 'call.started')))
  setOwners(draft, (id) => context.agent(id)?.userId)
  draft.entries.push({ event: 'call.started', data: { call: draft.state.call }, at })
  return draft
}

function decide(draft: Draft, fact: Fact, at: string, context: FactContext): void {
  switch (fact.event) {
    case 'call.started':
      updateCall(draft, fact.data.call, at, context)
      return
    case 'call.updated':
      updateCall(draft, fact.data.call, at, context)
      return
    case 'call.ended': {
      const { status, reason, missed } = fact.data
      endCall(draft, { status: status ?? 'completed', at, reason, missed })
      return
    }
    case 'interaction.added':
      if (fact.data.interaction.speaker === 'ai') endTurn(draft, fact.data.interaction.metadata?.command_id)
      addLine(draft, fact.data.interaction, at, context)
      return
    case 'sentiment.changed':
      setMood(draft, fact.data.sentiment, at)
      checkTriggers(draft, context.business(draft.state.call.business_id), null, at, context)
      return
    case 'qa.score.updated':
      draft.state = { ...draft.state, qaReported: true }
      setQa(draft, fact.data.qa_score, at, context)
      return
    case 'escalation.triggered':
    case 'escalation.updated':
      reportEscalation(draft, fact.data.escalation, at, context)
      return
    case 'escalation.completed':
      completeEscalation(
        draft,
        fact.data.escalation?.status === 'cancelled' ? 'cancelled' : 'completed',
        at,
        {
          promised: fact.data.escalation?.transfer?.promised,
        },
      )
      return
    case 'intervention.updated':
    case 'desk.receipt': {
      const act = moveAct(draft, fact.data.command_id, {
        state: fact.data.state,
        detail: fact.data.detail,
        at,
        received: isoOf(context.now),
      })
      if (act) transferReceipt(draft, act, at, isoOf(context.now))
      return
    }
    case 'desk.intervention':
      openAct(draft, fact.data, at)
      if (fact.data.action === 'transfer') noteTransferCommand(draft, fact.data.command_id)
      return
    case 'desk.claim':
      applyClaim(draft, fact.data, at)
      return
    case 'desk.escalation':
      askForHuman(draft, fact.data, at, context)
      return
    case 'desk.transfer':
      carryTransfer(draft, fact.data, at)
      return
    case 'desk.hand_back':
      beginHandBack(draft, fact.data, at)
      return
    case 'desk.briefing':
      if (draft.state.escalation?.id === fact.data.escalation_id) changeBriefing(draft, fact.data.change, at)
      return
    case 'desk.alert':
      raiseAlert(draft, fact.data.alert, at)
      return
    case 'desk.alert_change':
      changeAlert(draft, fact.data, at)
      return
    case 'desk.qa_review':
      reviewQa(draft, fact.data, at)
      return
    case 'desk.note': {
      const { call_id, author, note, tags, category } = fact.data
      const stored = {
        id: context.nextId(),
        call_id,
        note,
        tags,
        category,
        author_id: author.id,
        author_name: author.name,
        created_at: at,
      }
      draft.rows.notes.push(stored)
      draft.entries.push({ event: 'note.added', data: { call_id, note: stored }, at })
      return
    }
    case 'desk.note_removed': {
      const { call_id, note, by } = fact.data
      draft.rows.notes.push({ ...note, removed_at: at })
      draft.entries.push({ event: 'note.removed', data: { call_id, note_id: note.id, by }, at })
      return
    }
  }
}

function timeOf(fact: Fact): string | undefined {
  switch (fact.event) {
    case 'interaction.added':
      return fact.data.interaction.timestamp
    case 'call.ended':
      return fact.data.ended_at
    case 'call.started':
      return fact.data.at ?? fact.data.call.started_at
    case 'desk.intervention':
    case 'desk.claim':
    case 'desk.receipt':
    case 'desk.escalation':
    case 'desk.transfer':
    case 'desk.hand_back':
    case 'desk.briefing':
    case 'desk.qa_review':
    case 'desk.note':
    case 'desk.note_removed':
    case 'desk.alert':
    case 'desk.alert_change':
      return undefined
    default:
      return fact.data.at
  }
}
