// What each cell says of a call, and that a row lent to another call says nothing of the one before.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import { cells } from '#src/features/live-grid/cells.ts'
import { noNews } from '#src/features/live-grid/row-news.ts'
import { createRowSlot } from '#src/features/live-grid/row-slot.ts'
import { type ColumnId, columnIds } from '#src/floor/view.ts'
import { clockText } from '#src/ui/clock-text.ts'
import { madeAt, makeAttention, makeCall } from '#tests/support/factories.ts'

const now = Date.parse(madeAt) + 61_500
const mood = Array.from({ length: 24 }, (_, index) => index / 23)
const at = (seconds: number): string => new Date(Date.parse(madeAt) + seconds * 1000).toISOString()

/** What of the cell can be seen or read aloud. */
function seen(cell: Element): Element {
  const copy = cell.cloneNode(true) as Element
  for (const hidden of [...copy.querySelectorAll('[hidden]')]) hidden.remove()
  return copy
}

function paint(id: ColumnId, over: Partial<Call>, facts: { act?: string; now?: number } = {}): Element {
  const cell = document.createElement('span')
  cells[id](cell)({
    call: makeCall({ id: 'c1', ...over }),
    news: { ...noNews, act: facts.act ?? null },
    now: facts.now ?? now,
  })
  return seen(cell)
}

function expectSame(one: Element, other: Element): void {
  const [a, b] = [seen(one), seen(other)]
  // The order in which attributes were written is nobody's business; the text makes a failure readable.
  if (!a.isEqualNode(b)) expect(a.outerHTML).toBe(b.outerHTML)
}

/** What a screen reader says: marks and moods by their label, the rest by its words. */
function textOf(cell: Element): string {
  const read = cell.cloneNode(true) as Element
  for (const named of read.querySelectorAll('[role="img"][aria-label]'))
    named.replaceWith(named.getAttribute('aria-label') ?? '')
  return read.textContent.replaceAll(/\s+/g, ' ').trim()
}

describe('a cell says', () => {
  const ended = { status: 'completed', ended_at: at(30), duration_seconds: 3725 } as const
  test.each<[ColumnId, string, Partial<Call>, string]>([
    ['status', 'that a person is needed now', { attention: makeAttention({ level: 'act' }) }, 'Act now'],
    ['status', 'that the AI is paused', { ai_paused: true }, 'AI paused'],
    ['status', 'that it rings', { status: 'ringing' }, 'Ringing'],
    ['status', 'that it is over, whatever it wanted', { ...ended, ai_paused: true }, 'Ended'],
    ['direction', 'which way', {}, 'Inbound'],
    ['direction', 'which way, the other', { direction: 'outbound' }, 'Outbound'],
    ['from', 'the name and the number', { contact_name: 'Ana Ruiz' }, 'Ana Ruiz(210) 555-0142'],
    ['from', 'the number of a stranger', {}, '(210) 555-0142Not in the contacts'],
    ['from', 'whom we call', { direction: 'outbound' }, '(210) 555-0100Called by us'],
    ['marks', 'nothing where nobody is on it', {}, ''],
    [
      'marks',
      'who has claimed it',
      { claimed_by: { id: 'u', name: 'Dana Kessler', since: madeAt, until: at(120) } },
      'DK',
    ],
    [
      'marks',
      'nobody once the claim has run out',
      { claimed_by: { id: 'u', name: 'Dana Kessler', since: madeAt, until: madeAt } },
      '',
    ],
    [
      'marks',
      'who has it open',
      {
        presence: {
          watchers: [{ id: 'u', name: 'Marcus Oyelaran', initials: 'MO', role: 'dispatcher', since: madeAt }],
          more: 0,
        },
      },
      'MO',
    ],
    ['to', 'the number called', {}, '(210) 555-0100'],
    ['last_line', 'that nothing was said yet', {}, 'TalkingNo conversation yet.'],
    ['duration', 'how long it has been', {}, '01:01'],
    ['duration', 'how long it was', ended, '1:02:05'],
    ['escalation', 'that there is none', {}, ''],
    ['escalation', 'that nobody was asked', { escalation_status: 'pending' }, 'No one asked yet'],
    [
      'escalation',
      'who is asked, and for how long',
      { escalation_status: 'pending', signals: { escalated_to: 'Lee', escalated_since: at(20) } },
      'Asking Lee00:41',
    ],
    [
      'escalation',
      'who has it',
      { escalation_status: 'in_progress', assigned_agent: { id: 'a', name: 'Lee' } },
      'With Lee',
    ],
    ['escalation', 'that somebody has it', { escalation_status: 'in_progress' }, 'With a person'],
    ['escalation', 'that it is over', { escalation_status: 'completed' }, 'Handed back'],
    ['agent', 'the AI and for whom', { ai_name: 'Ava', business_name: 'Roofs' }, 'AvaRoofs'],
    [
      'agent',
      'that the AI is paused',
      { ai_name: 'Ava', ai_paused: true, business_name: 'R' },
      'AvaAI paused',
    ],
    ['agent', 'that a person has it', { escalation_status: 'in_progress', ai_name: 'Ava' }, 'A person'],
    ['business', 'its name', { business_name: 'Roofs' }, 'Roofs'],
    ['business', 'nothing where there is none', {}, ''],
    ['qa', 'the score in percent', { qa_score: 0.596 }, '60'],
    ['qa', 'a score of nothing', { qa_score: 0 }, '0'],
    ['qa', 'that there is none', {}, ''],
    ['started', 'when', {}, clockText(Date.parse(madeAt))],
    [
      'attention',
      'points and level',
      { attention: makeAttention({ score: 55, level: 'watch' }) },
      '55, watch',
    ],
    ['attention', 'calm where nothing was scored', {}, '0, calm'],
    ['sentiment', 'the mood as a number and as a word', { sentiment_score: 0.1 }, 'Mood −0.8, very negative'],
    ['sentiment', 'that there is none', {}, ''],
  ])('%s: %s', (id, _, over, expected) => {
    const cell = paint(id, over)
    expect(textOf(cell)).toBe(expected)
  })

  test('what is missing is a dash that is read as none', () => {
    for (const id of ['escalation', 'qa', 'sentiment'] as const)
      expect(paint(id, {}).querySelector('.grid-none')?.getAttribute('aria-label')).toBe('none')
    expect(paint('qa', { qa_score: 0 }).querySelector('.grid-none')).toBeNull()
  })

  test('a low QA score in the colour of attention, and its band in words', () => {
    const low = paint('qa', { qa_score: 0.594 }).querySelector('[title]')
    expect([low?.className, low?.getAttribute('title')]).toEqual(['tx-attention', 'QA fair'])
    const good = paint('qa', { qa_score: 0.9 }).querySelector('[title]')
    expect([good?.className, good?.getAttribute('title')]).toEqual(['t3', 'QA excellent'])
  })

  test('why, what was said last and by whom, and the act that is under way', () => {
    const line = { id: 1, speaker: 'customer', text: 'It leaks!', at: madeAt } as const
    const reasons = [
      { code: 'silence', text: 'Silence', since: at(20) },
      { code: 'qa_low', text: 'QA at 40', since: madeAt },
    ]
    const over = { last_line: line, attention: makeAttention({ level: 'watch', reasons }) }
    const cell = paint('last_line', over, { act: 'sending pause' })
    expect(cell.querySelector('b')?.textContent).toBe('Silence for 41 s · QA at 40')
    expect(cell.querySelector('.grid-act')?.textContent).toBe('Pause sending')
    expect(cell.querySelector('em')?.textContent).toBe('Caller')
    expect(cell.querySelector('bdi')?.textContent).toBe('It leaks!')
    expect(paint('last_line', over).querySelector('.grid-act')).toBeNull()
  })

  test('what a customer says is text, whatever it looks like', () => {
    const text = '<img src=x onerror=alert(1)>'
    const cell = paint('last_line', { last_line: { id: 1, speaker: 'customer', text, at: madeAt } })
    expect(cell.querySelector('img')).toBeNull()
    expect(cell.querySelector('bdi')?.textContent).toBe(text)
  })

  test('the mood line of two minutes, that moves on with the clock', () => {
    const over = { sentiment_score: 0.9, mood, mood_at: at(60) }
    const lineAt = (when: number) => paint('sentiment', over, { now: when }).querySelector('.spark-line')
    const early = lineAt(Date.parse(at(60)) - 1)?.getAttribute('d')
    expect(early?.split('L').length).toBe(24)
    expect(lineAt(Date.parse(at(60)) - 4999)?.getAttribute('d')).toBe(early)
    const later = lineAt(Date.parse(at(65)))?.getAttribute('d')
    expect(later).not.toBe(early)
    // The newest value is carried on: the line ends as high as it did.
    expect(later?.split(' ').at(-1)).toBe(early?.split(' ').at(-1))
    expect(paint('sentiment', { sentiment_score: 0.9 }).querySelector('.spark')).toBeNull()
  })
})

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const anyCall = fc
  .record({
    status: fc.constantFrom(
      'ringing' as const,
      'in_progress' as const,
      'completed' as const,
      'failed' as const,
    ),
    direction: fc.constantFrom('inbound' as const, 'outbound' as const),
    contact_name: optional(fc.constantFrom('Ana', 'Bo')),
    business_name: optional(fc.constant('Roofs')),
    ai_name: optional(fc.constantFrom('Ava', 'Max')),
    ai_paused: optional(fc.boolean()),
    claimed_by: optional(fc.constant({ id: 'u', name: 'Dana Kessler', since: madeAt, until: at(600) })),
    escalation_status: optional(
      fc.constantFrom('pending' as const, 'in_progress' as const, 'completed' as const),
    ),
    assigned_agent: optional(fc.constant({ id: 'a', name: 'Lee' })),
    signals: optional(fc.constant({ escalated_since: madeAt, escalated_to: 'Kim' })),
    qa_score: optional(fc.constantFrom(0, 0.3, 0.9)),
    sentiment_score: optional(fc.constantFrom(0.1, 0.5, 0.9)),
    mood: optional(
      fc.constantFrom(
        mood,
        mood.toReversed(),
        mood.map(() => null),
      ),
    ),
    attention: optional(
      fc.record({
        score: fc.constantFrom(10, 50, 90),
        level: fc.constantFrom('act' as const, 'watch' as const, 'calm' as const),
        reasons: fc.constantFrom([], [{ code: 'silence', text: 'Silence', since: madeAt }]),
      }),
    ),
    last_line: optional(
      fc.record({
        id: fc.constant(1),
        speaker: fc.constantFrom('ai' as const, 'customer' as const, 'agent' as const, 'system' as const),
        text: fc.constantFrom('Hello', 'Bye'),
        at: fc.constant(madeAt),
      }),
    ),
  })
  .map((over) => {
    const known = Object.entries(over).filter(([, value]) => value !== undefined)
    const ended = over.status === 'completed' ? { ended_at: madeAt, duration_seconds: 9 } : {}
    return makeCall({ id: 'c', mood_at: madeAt, ...Object.fromEntries(known), ...ended })
  })
const lent = fc.record({
  call: fc.option(anyCall),
  act: fc.constantFrom(null, 'sending pause'),
  seconds: fc.nat({ max: 30 }),
  how: fc.constantFrom('paint' as const, 'tick' as const, 'rest' as const),
})

test('a row that was lent to any calls before shows exactly what a new row shows', () => {
  fc.assert(
    fc.property(fc.array(lent, { minLength: 1, maxLength: 8 }), anyCall, (before, last) => {
      const place = {
        index: 3,
        top: 120,
        height: 40,
        ariaIndex: 6,
        isActive: false,
        isOpen: false,
        isPicked: false,
        isFresh: false,
      }
      const used = createRowSlot(columnIds)
      for (const [index, { call, act, seconds, how }] of before.entries()) {
        used.stand({
          ...place,
          callId: `before-${index}`,
          isFresh: true,
          isActive: true,
          isOpen: true,
          isPicked: true,
          top: index,
        })
        used.paint(call ?? undefined, { ...noNews, act }, now + seconds * 1000)
        if (how === 'tick') used.tick(now + seconds * 2000)
        if (how === 'rest') used.rest()
      }
      const fresh = createRowSlot(columnIds)
      for (const slot of [used, fresh]) {
        slot.stand({ ...place, callId: 'last' })
        slot.paint(last, noNews, now)
      }
      expectSame(used.element, fresh.element)
    }),
    { numRuns: 300 },
  )
}, 30_000)

test('values that only go on with the clock are the same whether painted or ticked', () => {
  fc.assert(
    fc.property(anyCall, fc.nat({ max: 200_000 }), (call, ms) => {
      const place = {
        callId: 'c',
        index: 0,
        top: 0,
        height: 40,
        ariaIndex: 2,
        isActive: false,
        isOpen: false,
        isPicked: false,
        isFresh: false,
      }
      const [ticked, painted] = [createRowSlot(columnIds), createRowSlot(columnIds)]
      for (const slot of [ticked, painted]) slot.stand(place)
      ticked.paint(call, noNews, now)
      ticked.tick(now + ms)
      painted.paint(call, noNews, now + ms)
      expectSame(ticked.element, painted.element)
    }),
  )
})
