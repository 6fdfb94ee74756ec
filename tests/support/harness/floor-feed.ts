// A made-up floor for looking at the screens without a server: calls that talk, change their mood, and end.
import type { Attention, Call } from '#contract/call.ts'
import type { CallInteraction } from '#contract/transcript.ts'
import type { EventFrame } from '#contract/protocol.ts'
import type { LiveStore } from '#src/live/live-store.ts'
import { makeCall, makeFrame } from '#tests/support/factories.ts'

const names = [
  'Marisol Trevino',
  'Howard Oyelaran',
  'Denise Papadakis',
  'Caleb Brandt',
  'Rosalind Achterberg',
  'Tomasz Wilk',
  'Fernanda Quiroga',
  'Pilar Montenegro',
  'Gwen Stallworth',
  'Ivan Kolarik',
  'Bettina Rausch',
  'Samir Haddad',
]
const businesses = ['Plumbing', 'Heating', 'Roofing', 'Auto repair']
const says = [
  'I have said it two times now. I pay for the club so I do not get charged for nights.',
  'Okay, it is off. How much is tonight?',
  'Tonight the after-hours visit is 149 dollars, plus the repair.',
  'So that is Thursday, between eight and ten, at the rear entrance.',
  'One moment, I am checking the afternoon windows.',
  'No, Larkspur. L, A, R, K. It is the third time I spell it.',
]

let seed = 7
const random = () => {
  seed = (seed * 1664525 + 1013904223) % 4294967296
  return seed / 4294967296
}
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
const iso = (at: number) => new Date(at).toISOString()

function attentionOf(index: number, now: number): Attention {
  const since = iso(now - 90_000)
  if (index < 3)
    return {
      score: 78 + index,
      level: 'act',
      reasons: [
        { code: 'asked_for_human', text: 'Asked for a person twice', since },
        { code: 'mood_falling', text: 'Mood falling', since },
      ],
    }
  if (index < 12)
    return {
      score: 35 + index,
      level: 'watch',
      reasons: [
        {
          code: 'silence',
          text: pick(['Silence for 22 s', 'Booking tool failed', 'Said the same thing 3 times', 'QA at 52']),
          since,
        },
      ],
    }
  return { score: 4, level: 'calm', reasons: [] }
}

export function madeCall(index: number, now: number): Call {
  const started = now - 20_000 - Math.floor(random() * 900_000)
  const score = index < 3 ? 0.12 : 0.25 + random() * 0.6
  return makeCall({
    id: `call-${index}`,
    direction: index % 7 === 3 ? 'outbound' : 'inbound',
    from_number: `+1830555${String(1000 + index).slice(-4)}`,
    to_number: '+12105550100',
    started_at: iso(started),
    contact_name: index % 9 === 5 ? null : pick(names),
    business_id: `b${index % 4}`,
    business_name: businesses[index % 4],
    ai_name: 'Ava',
    qa_score: 0.45 + random() * 0.5,
    sentiment: score < 0.4 ? 'negative' : score < 0.6 ? 'neutral' : 'positive',
    sentiment_score: score,
    mood: Array.from({ length: 24 }, (_, at) =>
      at < 3 ? null : Math.min(1, Math.max(0, score + (random() - 0.5) * 0.25 + (24 - at) * 0.008)),
    ),
    mood_at: iso((Math.floor(now / 5000) + 1) * 5000),
    last_line: { id: 1, speaker: pick(['customer', 'ai']), text: pick(says), at: iso(now - 4000) },
    attention: attentionOf(index, now),
    ...(index === 0 || index === 1
      ? {
          escalation_status: 'pending' as const,
          signals: { escalated_since: iso(now - 18_000) },
          ...(index === 0 ? { assigned_agent: { id: 'a1', name: 'Priya Nair' } } : {}),
        }
      : {}),
    ...(index === 4 ? { ai_paused: true } : {}),
    ...(index === 15 || index === 22
      ? { escalation_status: 'in_progress' as const, assigned_agent: { id: 'a2', name: 'Marcus Bell' } }
      : {}),
  })
}

function lineOf(callId: string, id: number, at: number): CallInteraction {
  const speaker = id % 11 === 7 ? 'system' : id % 2 === 0 ? 'customer' : 'ai'
  const score = Math.max(0, Math.min(1, 0.6 - id * 0.02 + random() * 0.1))
  const odd =
    id === 9
      ? '<b>bold?</b> <script>alert(1)</script> 😀'
      : id === 13
        ? 'שלום, אני צריך עזרה עם הדוד'
        : id === 17
          ? 'word '.repeat(4000)
          : pick(says)
  return {
    id,
    call_id: callId,
    speaker,
    text: speaker === 'system' ? 'slots for Thursday: timed out after 8.1 s, retried' : odd,
    timestamp: iso(at),
    metadata: speaker === 'system' ? { tool: 'dispatch.slots', failed: true } : {},
    ...(speaker === 'customer'
      ? { sentiment: { score, label: score < 0.4 ? ('negative' as const) : ('neutral' as const) } }
      : {}),
  }
}

/** Fills the store with `count` calls and keeps them talking. */
export function feedFloor(store: LiveStore, count: number): void {
  const now = Date.now()
  const calls = Array.from({ length: count }, (_, index) => madeCall(index, now))
  store.inbox.onConnection({ ...store.getState().connection, status: 'live', lastFrameAt: now })
  store.inbox.onSnapshot({ stream: 'calls', part: 1, parts: 1, seq: 1, calls }, now)
  let seq = 1
  let lineId = 100
  const frame = (make: EventFrame): EventFrame => ({
    ...make,
    seq: ++seq,
    prev: seq - 1,
    at: iso(Date.now()),
  })
  setInterval(() => {
    store.inbox.onConnection({ ...store.getState().connection, status: 'live', lastFrameAt: Date.now() })
    const frames: EventFrame[] = []
    for (let turn = 0; turn < 12; turn += 1) {
      const call_id = `call-${Math.floor(random() * count)}`
      frames.push(
        frame(
          makeFrame('interaction.added', { call_id, interaction: lineOf(call_id, ++lineId, Date.now()) }),
        ),
      )
      frames.push(
        frame(makeFrame('sentiment.changed', { call_id, sentiment: { score: random(), label: 'neutral' } })),
      )
    }
    store.inbox.onFrames(frames)
  }, 500)
}

/** The snapshot of one call, and new lines every 2 s. */
export function feedCall(store: LiveStore, callId: string): () => void {
  const call = store.getState().calls.get(callId)
  if (!call) {
    store.inbox.onRefused(`call:${callId}`, 'not_found')
    return () => {}
  }
  const begin = Date.parse(call.started_at)
  const interactions = Array.from({ length: 60 }, (_, index) =>
    lineOf(callId, index + 1, begin + index * 7000),
  )
  const at = iso(begin + 30 * 7000)
  const act = (command_id: string, state: 'applied' | 'refused' | 'delivered', text: string, more = {}) => ({
    call_id: callId,
    command_id,
    action: 'send_message' as const,
    by: { id: 'u', name: 'Dana Kessler' },
    state,
    text,
    at,
    updated_at: iso(begin + 30 * 7000 + 300),
    ...more,
  })
  store.inbox.onSnapshot(
    {
      stream: `call:${callId}`,
      part: 1,
      parts: 1,
      seq: 1,
      detail: {
        call,
        interactions,
        interactions_count: 260,
        interventions: [
          act(
            'c1',
            'applied',
            'Waive the 149 after-hours fee, she has Club Plus. Say so first, then offer 5 to 7.',
            { interaction_id: 33 },
          ),
          act('c2', 'refused', 'Offer noon.', { detail: 'The AI is speaking.' }),
        ],
        notes: [
          {
            id: 1,
            call_id: callId,
            note: 'Fee answer contradicts Club Plus.',
            tags: ['knowledge', 'fees'],
            category: null,
            author_id: 'u',
            author_name: 'Dana K.',
            created_at: iso(begin + 56 * 7000),
          },
        ],
        ...(call.escalation_status
          ? {
              escalation: {
                id: 1,
                call_id: callId,
                status: call.escalation_status,
                trigger_type: 'asked_for_human',
                trigger_details: {},
                context_data: {},
                requested_at: iso(Date.now() - 18_000),
                agent_name: call.assigned_agent?.name,
                ...(call.escalation_status === 'in_progress' ? { accepted_at: iso(Date.now() - 9000) } : {}),
              },
            }
          : {}),
      },
    },
    Date.now(),
  )
  let id = 60
  const timer = setInterval(() => {
    id += 1
    store.inbox.onFrames([
      makeFrame(
        'interaction.added',
        { call_id: callId, interaction: lineOf(callId, id, Date.now()) },
        { stream: `call:${callId}`, seq: id, prev: id - 1, at: iso(Date.now()) },
      ),
    ])
  }, 2000)
  return () => clearInterval(timer)
}
