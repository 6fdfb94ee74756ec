// What a supervisor could do now about the reasons that a call needs attention for. Pure; it proposes and does nothing.
import type { Suggestion } from '#contract/assist.ts'
import { attention } from '#contract/attention.ts'
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import { type Role, can } from '#contract/permissions.ts'

export interface SuggestFor {
  call: Call
  role: Role
  /** Trade of the call's business, e.g. `roofing`. */
  skill: string | undefined
  /** The free person who would be asked, and whether they know the trade; null when nobody is free. */
  free: { id: string; name: string; knows: boolean } | null
  /** What the caller said last, to be answered. */
  lastWords: string | undefined
  /** Epoch ms. */
  now: number
}

type Draft = Omit<Suggestion, 'code' | 'reason'>

const mostShown = 3
/** Longest quote of the caller in a prepared message. */
const quoteChars = 120

const say = (label: string, text: string, detail?: string): Draft => ({
  act: 'message',
  label,
  ...(detail ? { detail } : {}),
  prefill: { text },
})

function askPerson({ call, skill, free }: SuggestFor, reason: string): Draft {
  const first = call.contact_name?.split(' ')[0] ?? 'the caller'
  if (!free)
    return say(
      'Offer a callback',
      `Tell ${first} that everybody is with another caller. Apologize, and offer a callback with a time that suits them.`,
      'Nobody is free to take the call',
    )
  return {
    act: 'escalate',
    label: skill && free.knows ? `Escalate to ${skill}` : 'Escalate to a person',
    detail:
      free.knows || !skill ? `${free.name} is free` : `${free.name} is free; nobody who knows ${skill} is`,
    prefill: { agent_id: free.id, reason },
  }
}

function quoted(words: string | undefined): string {
  if (!words) return ''
  const letters = [...words.trim()]
  return letters.length > quoteChars ? `“${letters.slice(0, quoteChars).join('')}…”` : `“${words.trim()}”`
}

/** What helps against a reason; nothing where only reading helps. */
function draftFor(code: string, text: string, given: SuggestFor): Draft | null {
  const { call, lastWords } = given
  const waitsFor = call.signals?.escalated_to
  switch (code) {
    case 'asked_for_human':
    case 'keyword':
    case 'failed_transfer':
    case 'transfer_failed':
      return askPerson(given, text)
    case 'escalation_waiting':
      return waitsFor
        ? say(
            'Keep the caller company',
            `Tell the caller that ${waitsFor} has been asked to take the call, and ask whether they can hold one more minute.`,
            `${waitsFor} is being asked`,
          )
        : askPerson(given, text)
    case 'mood_negative':
    case 'mood_falling':
      return say(
        'Have the AI own the problem',
        'Apologize once for the trouble, say back in one sentence what went wrong for the caller, then offer the next step.',
      )
    case 'repeated_question':
      return say(
        'Have the question answered',
        lastWords
          ? `The caller has asked this before and got no answer: ${quoted(lastWords)} Answer it directly before anything else.`
          : 'The caller keeps asking the same thing. Answer it directly before anything else.',
      )
    case 'failed_tool':
      return say(
        'Have the AI say what failed',
        'Say plainly that this could not be done just now, that somebody will do it by hand, and by when the caller hears back.',
      )
    case 'compliance_missed':
      return say(
        'Have it said now',
        `Before going on: ${call.signals?.compliance_missed?.what ?? text}. Say it now, in one sentence.`,
      )
    case 'silence':
      return say(
        'Have the AI speak',
        'Ask the caller whether they are still there, and say what happens next.',
      )
    case 'ai_paused':
      return { act: 'resume', label: `Resume ${call.ai_name ?? 'the AI'}`, prefill: {} }
    case 'long_call':
      return say(
        'Bring the call to an end',
        'Sum up in two sentences what was agreed, ask whether anything is missing, and close the call.',
      )
    default:
      return null
  }
}

/** At most three suggestions for the reasons shown, most pressing first, and only acts the role may do on a live call. */
export function suggestActs(given: SuggestFor): Suggestion[] {
  const { call, role, now } = given
  if (!isLive(call.status) || call.escalation_status === 'in_progress') return []
  const { reasons } = attention(call, now, call.attention?.level)
  const found: Suggestion[] = []
  for (const { code, text } of reasons) {
    const draft = draftFor(code, text, given)
    if (!draft || !can(role, draft.act === 'escalate' ? 'calls.escalate' : 'calls.intervene')) continue
    if (found.some(({ act, label }) => act === draft.act && label === draft.label)) continue
    found.push({ code, reason: text, ...draft })
  }
  return found.slice(0, mostShown)
}
