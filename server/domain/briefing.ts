// The briefing of a warm transfer, drafted from the call's own words: every item is a line or a fact, nothing is made up.
import type { Call } from '#contract/call.ts'
import type { Briefing, BriefingItem, BriefingPatch, TransferPerson } from '#contract/transfer.ts'
import type { CallInteraction } from '#contract/transcript.ts'
import { asksForHuman, foldLine } from '#server/domain/spoken-rules.ts'

export type BriefingChange =
  | { kind: 'draft'; briefing: Briefing }
  | { kind: 'edit'; patch: BriefingPatch; by: TransferPerson }
  | { kind: 'confirm'; by: TransferPerson }

type Line = Pick<CallInteraction, 'id' | 'speaker' | 'text'>

const mostItems = 4
const itemChars = 240

const promise =
  /\b(?:i'll|i will|we'll|we will|i'm going to|we're going to|i can (?:have|get|send|book)|i've (?:booked|scheduled|put|noted|made)|you're (?:booked|scheduled|all set)|(?:will|'ll) (?:call|come|send|text|be there|arrive)|booked you|appointment is|no charge|waive)\b/
const smallTalk =
  /\b(?:be happy to|i'll be right|(?:i'll|i will) (?:need|keep|just|ask|check|look|try|repeat|read|go through)|one moment|just a moment|let me|hold on|i'll help|i will help|here to help|connect you|transfer you|bring(?:ing)? in)\b/
const want =
  /\b(?:i need|i want|i'd like|i would like|i'm calling|calling about|calling because|looking for|can you|could you|can i|problem|issue|broken|leak(?:ing|s)?|not working|doesn't work|won't|stopped|appointment|estimate|quote|bill|refund|cancel|reschedule|schedule)\b/
const courtesy =
  /\b(?:how can i help|how may i help|anything else|how are you|is there anything|can i help|still there|are you there|hear me)\b/

/** Drafts the briefing at `at` (ISO 8601) from the lines, oldest first, and from what is known of the call. */
export function draftBriefing(
  call: Call,
  lines: readonly Line[],
  reason: string | undefined,
  at: string,
): Briefing {
  const number = call.direction === 'inbound' ? call.from_number : call.to_number
  const callers = lines.filter(({ speaker }) => speaker === 'customer')
  const ours = lines.filter(({ speaker }) => speaker === 'ai' || speaker === 'agent')
  const promised = ours.flatMap((line) => sentences(line).filter(({ text }) => isPromise(text)))
  return {
    who: [call.contact_name || number, call.business_name].filter(Boolean).join(' · '),
    wants: wish(callers, reason),
    promised: newest(promised),
    mood: moodWords(call),
    open_questions: newest(openQuestions(lines)),
    drafted_at: at,
  }
}

function wish(callers: readonly Line[], reason: string | undefined): BriefingItem {
  const said = callers.flatMap(sentences).filter(({ text }) => !asksForHuman(foldLine(text)))
  const first =
    said.find(({ text }) => want.test(foldLine(text))) ?? said.find(({ text }) => text.split(' ').length > 4)
  if (first) return first
  return { text: reason ?? 'Not said yet.' }
}

/** The sentences of a text in which somebody of ours says what will be done. */
export function promisesIn(text: string): string[] {
  return sentences({ id: 0, speaker: 'agent', text }).flatMap((item) =>
    isPromise(item.text) ? [item.text] : [],
  )
}

function isPromise(text: string): boolean {
  const folded = foldLine(text)
  return !folded.endsWith('?') && promise.test(folded) && !smallTalk.test(folded)
}

/** Questions of the caller that no line of ours followed, and ours that the caller never answered. */
function openQuestions(lines: readonly Line[]): BriefingItem[] {
  const spoken = lines.filter(({ speaker }) => speaker !== 'system')
  return spoken.flatMap((line, index) => {
    const isAnswered = spoken
      .slice(index + 1)
      .some(({ speaker }) => (speaker === 'customer') !== (line.speaker === 'customer'))
    if (isAnswered) return []
    return sentences(line).filter(
      ({ text }) => text.endsWith('?') && !courtesy.test(foldLine(text)) && !asksForHuman(foldLine(text)),
    )
  })
}

function moodWords({ sentiment, sentiment_score, signals }: Call): string {
  if (sentiment === undefined || sentiment_score === undefined) return 'Not known yet.'
  const words = `${sentiment.charAt(0).toUpperCase()}${sentiment.slice(1)} (${Math.round(sentiment_score * 100)} of 100)`
  const asked = signals?.asked_for_human?.count ?? 0
  return asked > 0 ? `${words}; asked for a person ${asked === 1 ? 'once' : `${asked} times`}` : words
}

function sentences({ id, text }: Line): BriefingItem[] {
  return (text.match(/[^.!?]+[.!?]*/g) ?? [])
    .map((part) => part.trim())
    .filter((part) => part.length > 1)
    .map((part) => ({ text: [...part].slice(0, itemChars).join(''), line_id: id }))
}

function newest(items: readonly BriefingItem[]): BriefingItem[] {
  return [...new Map(items.map((item) => [item.text, item])).values()].slice(-mostItems)
}

/** The briefing as corrected. Words that stay keep their line; new ones are the person's own and have none. */
export function editBriefing(
  briefing: Briefing,
  patch: BriefingPatch,
  by: TransferPerson,
  at: string,
): Briefing {
  const keep = (texts: readonly string[], held: readonly BriefingItem[]) =>
    texts.map((text) => held.find((item) => item.text === text) ?? { text })
  const { confirmed_at: _at, confirmed_by: _by, ...rest } = briefing
  const next: Briefing = {
    ...rest,
    who: patch.who ?? briefing.who,
    wants:
      patch.wants === undefined
        ? briefing.wants
        : (keep([patch.wants], [briefing.wants])[0] ?? briefing.wants),
    promised: patch.promised ? keep(patch.promised, briefing.promised) : briefing.promised,
    mood: patch.mood ?? briefing.mood,
    open_questions: patch.open_questions
      ? keep(patch.open_questions, briefing.open_questions)
      : briefing.open_questions,
  }
  const isSame = (['who', 'wants', 'promised', 'mood', 'open_questions'] as const).every(
    (key) => JSON.stringify(next[key]) === JSON.stringify(briefing[key]),
  )
  return isSame ? briefing : { ...next, edited_by: by, edited_at: at }
}

/** The briefing as one text, for a platform that passes it on to the receiver. */
export function briefingText(briefing: Briefing): string {
  const list = (name: string, items: readonly BriefingItem[]) =>
    items.length > 0 ? [`${name}: ${items.map(({ text }) => text).join(' · ')}`] : []
  return [
    `Who: ${briefing.who}`,
    `Wants: ${briefing.wants.text}`,
    ...list('Promised', briefing.promised),
    `Mood: ${briefing.mood}`,
    ...list('Open', briefing.open_questions),
  ].join('\n')
}
