// An escalation as steps: only what is known is said, with the time each took. Pure; instants in epoch ms.
import type { Escalation } from '#contract/transcript.ts'
import { describeDuration, formatDuration } from '#src/lib/duration.ts'
import type { Step } from '#src/ui/steps.tsx'

/** Requested, accepted, handed back; a cancelled one stays in place and says so. */
export function escalationSteps(escalation: Escalation, callStartedAt: number, now: number): Step[] {
  const { status, agent_name, trigger_type } = escalation
  const requested = Date.parse(escalation.requested_at)
  const accepted = escalation.accepted_at ? Date.parse(escalation.accepted_at) : null
  const completed = escalation.completed_at ? Date.parse(escalation.completed_at) : null
  const first: Step = {
    name: 'Requested',
    state: 'done',
    note: `at ${formatDuration(requested - callStartedAt)} · ${triggerWords(trigger_type)}`,
  }
  const who = agent_name ?? 'a free agent'
  if (status === 'cancelled')
    return [
      first,
      { name: 'Accepted', state: accepted ? 'done' : 'failed', note: accepted ? agent_name : 'cancelled' },
      { name: 'Handed back', state: accepted ? 'failed' : 'coming', note: accepted ? 'cancelled' : '–' },
    ]
  if (status === 'pending')
    return [
      first,
      {
        name: agent_name ? `Asking ${agent_name}` : 'No one asked yet',
        state: 'current',
        note: `for ${formatDuration(now - requested)}`,
      },
      { name: 'Handed back', state: 'coming', note: 'when it is settled' },
    ]
  const wait: Step = {
    name: 'Accepted',
    state: status === 'in_progress' ? 'current' : 'done',
    note: accepted === null ? who : `${who} · after ${describeDuration(accepted - requested)}`,
  }
  if (status === 'in_progress')
    return [first, wait, { name: 'Handed back', state: 'coming', note: `${who} has the call` }]
  return [
    first,
    wait,
    {
      name: 'Handed back',
      state: 'done',
      note: completed && accepted ? `after ${describeDuration(completed - accepted)}` : 'done',
    },
  ]
}

const triggers: Record<string, string> = {
  manual: 'by a supervisor',
  sentiment: 'mood fell',
  keyword: 'a word was said',
  asked_for_human: 'asked for a person',
  low_qa_score: 'QA fell',
}

function triggerWords(type: string): string {
  return triggers[type] ?? type.replaceAll('_', ' ')
}
