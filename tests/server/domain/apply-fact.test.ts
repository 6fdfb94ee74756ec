import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyFact } from '#server/domain/apply-fact.ts'
import type { CallState, Entry, FactContext } from '#server/domain/call-state.ts'
import type { Fact } from '#server/domain/fact.ts'

const now = Date.UTC(2026, 10, 20, 12)

function floor(options: { triggers?: { type: string; threshold?: number; keywords?: string[] }[] } = {}) {
  let ids = 0
  let state: CallState | null = null
  const entries: Entry[] = []
  const context: FactContext = {
    now,
    nextId: () => ++ids,
    scorer: { score: (text) => (text.includes('awful') ? 0.05 : 0.5) },
    business: (id) =>
      id === undefined
        ? undefined
        : {
            id,
            name: 'Plumbing',
            aiName: 'Ava',
            config: {
              ai: { model: '', temperature: 0, system_prompt: '' },
              voice: { language: 'en-US', voice: '', response_delay: 0 },
              knowledge_base: { enabled: false, retrieval_top_k: 1, similarity_threshold: 0 },
              quality_assurance: {
                enabled: true,
                sentiment_analysis: true,
                compliance_check: true,
                min_score_threshold: 0.6,
              },
              escalation: { enabled: true, warm_transfer: true, triggers: options.triggers ?? [] },
            },
          },
    agent: (id) => (id === 'tessa' ? { id, name: 'Tessa', userId: 'user-tessa' } : undefined),
  }
  return {
    entries,
    get state() {
      if (!state) throw new Error('no call yet')
      return state
    },
    apply(fact: Fact) {
      const draft = applyFact(state, fact, context)
      state = draft.state
      entries.push(...draft.entries)
      return draft
    },
    names: () => entries.map(({ event }) => event),
  }
}

const started: Fact = { event: 'call.started', data: { call: { id: 'c', business_id: 'plumbing' } } }
const ended: Fact = { event: 'call.ended', data: { call_id: 'c' } }

test('a platform that reports the business "none" reports no business, and does not take away one that is known', () => {
  const none = floor()
  none.apply({ event: 'call.started', data: { call: { id: 'c', business_id: 'none' } } })
  expect(none.state.call).not.toHaveProperty('business_id')
  const known = floor()
  known.apply(started)
  known.apply({ event: 'call.updated', data: { call: { id: 'c', business_id: 'none' } } })
  expect(known.state.call).toMatchObject({ business_id: 'plumbing', business_name: 'Plumbing' })
})

let lineNumber = 0
const line = (text: string, metadata?: Record<string, unknown>): Fact => ({
  event: 'interaction.added',
  data: {
    call_id: 'c',
    interaction: { id: String(++lineNumber), speaker: 'customer', text, ...(metadata ? { metadata } : {}) },
  },
})
const act = (command_id: string, action: 'send_message' | 'pause' | 'end' = 'send_message'): Fact => ({
  event: 'desk.intervention',
  data: { call_id: 'c', command_id, action, by: { id: 'u', name: 'Dana' }, text: 'Say yes' },
})

describe('triggers of the business', () => {
  test('a keyword asks for a person once, however often it is said', () => {
    const call = floor({ triggers: [{ type: 'keyword', keywords: ['lawyer'] }] })
    call.apply(started)
    call.apply(line('I will call my lawyer'))
    call.apply(line('My lawyer, I said'))
    expect(call.names().filter((name) => name === 'escalation.triggered')).toHaveLength(1)
    expect(call.state.call.escalation_status).toBe('pending')
    expect(call.state.call.signals?.keyword?.word).toBe('lawyer')
  })

  test('a mood that falls below the threshold asks for a person', () => {
    const call = floor({ triggers: [{ type: 'sentiment', threshold: 0.3 }] })
    call.apply(started)
    for (let n = 0; n < 4; n++) call.apply(line('this is awful'))
    expect(call.state.escalation?.trigger_type).toBe('sentiment')
  })

  test('asking for a person counts', () => {
    const call = floor({ triggers: [{ type: 'asked_for_human', threshold: 2 }] })
    call.apply(started)
    call.apply(line('Can I speak to a real person?'))
    expect(call.state.escalation).toBeNull()
    call.apply(line('I want to talk to a human please'))
    expect(call.state.escalation?.trigger_type).toBe('asked_for_human')
  })
})

describe('an escalation', () => {
  const ask: Fact = {
    event: 'desk.escalation',
    data: {
      call_id: 'c',
      agent: { id: 'tessa', name: 'Tessa', user_id: 'user-tessa' },
      by: { id: 'u', name: 'Dana' },
    },
  }
  const accept: Fact = {
    event: 'escalation.updated',
    data: { call_id: 'c', escalation: { status: 'in_progress' } },
  }

  test('is requested, accepted by the agent whose call it then is, and completed with the call', () => {
    const call = floor()
    call.apply(started)
    call.apply(ask)
    expect(call.state.escalation).toMatchObject({
      status: 'pending',
      agent_name: 'Tessa',
      trigger_type: 'manual',
    })
    call.apply(accept)
    expect(call.state.call).toMatchObject({
      status: 'escalated',
      assigned_agent: { id: 'tessa' },
      answered_by: 'human',
    })
    expect(call.state.owners).toContain('user-tessa')
    call.apply(ended)
    expect(call.state.escalation?.status).toBe('completed')
    expect(call.state.call.status).toBe('completed')
  })

  test('a second request changes nothing while one is open', () => {
    const call = floor()
    call.apply(started)
    call.apply(ask)
    const before = call.state
    call.apply(ask)
    expect(call.state.escalation).toBe(before.escalation)
  })

  test('that nobody took is cancelled by the end of the call', () => {
    const call = floor()
    call.apply(started)
    call.apply(ask)
    call.apply(ended)
    expect(call.state.escalation?.status).toBe('cancelled')
    expect(call.state.call.escalation_status).toBeUndefined()
  })
})

describe('receipts', () => {
  test('move forward only', () => {
    const call = floor()
    call.apply(started)
    call.apply(act('one'))
    const receipt = (state: 'delivered' | 'applied' | 'unknown'): Fact => ({
      event: 'desk.receipt',
      data: { call_id: 'c', command_id: 'one', state },
    })
    call.apply(receipt('unknown'))
    call.apply(receipt('delivered'))
    call.apply(receipt('applied'))
    call.apply(receipt('delivered'))
    const states = call.entries.flatMap((entry) =>
      entry.event === 'intervention.updated' ? [entry.data.state] : [],
    )
    expect(states).toEqual(['sent', 'unknown', 'delivered', 'applied'])
  })

  test('an act that the end of the call overtakes is refused with the reason; the act to end it is applied', () => {
    const call = floor()
    call.apply(started)
    call.apply(act('say'))
    call.apply(act('stop', 'end'))
    call.apply(ended)
    const last = new Map(
      call.entries.flatMap((entry) =>
        entry.event === 'intervention.updated' ? [[entry.data.command_id, entry.data]] : [],
      ),
    )
    expect(last.get('say')).toMatchObject({
      state: 'refused',
      detail: 'The call ended before this could be carried out.',
    })
    expect(last.get('stop')).toMatchObject({ state: 'applied' })
    expect(call.names().at(-1)).toBe('call.ended')
  })

  test('an act on an ended call is refused at once', () => {
    const call = floor()
    call.apply(started)
    call.apply(ended)
    call.apply(act('late'))
    expect(call.entries.at(-1)).toMatchObject({ event: 'intervention.updated', data: { state: 'refused' } })
    expect(call.state.openActs).toEqual([])
  })
})

const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  fc.constant(started),
  fc.constant(ended),
  fc.constant<Fact>({ event: 'call.ended', data: { call_id: 'c', status: 'failed' } }),
  fc
    .constantFrom('in_progress', 'ringing', 'escalated')
    .map(
      (status): Fact => ({ event: 'call.updated', data: { call: { id: 'c', status: status as 'ringing' } } }),
    ),
  fc.constantFrom('hello', 'this is awful', 'I want a human').map((text) => line(text)),
  fc.constantFrom('x1', 'x2').map((id) => act(id)),
  fc.constantFrom('x1', 'x2').map(
    (id): Fact => ({
      event: 'intervention.updated',
      data: { call_id: 'c', command_id: id, state: 'applied' },
    }),
  ),
  fc.constant<Fact>({ event: 'escalation.triggered', data: { call_id: 'c', escalation: {} } }),
  fc.constant<Fact>({
    event: 'escalation.updated',
    data: { call_id: 'c', escalation: { status: 'in_progress' } },
  }),
  fc.constant<Fact>({ event: 'escalation.completed', data: { call_id: 'c' } }),
)

test('in any order of facts: started first, one end, nothing but late lines, receipts and scores after it', () => {
  fc.assert(
    fc.property(fc.array(anyFact, { minLength: 1, maxLength: 40 }), (facts) => {
      const call = floor({ triggers: [{ type: 'asked_for_human', threshold: 1 }] })
      for (const fact of facts) call.apply(fact)
      const names = call.names()
      expect(names[0]).toBe('call.started')
      expect(names.filter((name) => name === 'call.started')).toHaveLength(1)
      const end = names.indexOf('call.ended')
      if (end === -1) return
      expect(names.lastIndexOf('call.ended')).toBe(end)
      expect(call.state.openActs).toEqual([])
      for (const entry of call.entries.slice(end + 1)) {
        if (entry.event === 'interaction.added') expect(entry.data.interaction.metadata.late).toBe(true)
        if (entry.event === 'call.updated') expect(['completed', 'failed']).toContain(entry.data.call.status)
        expect(['interaction.added', 'call.updated', 'intervention.updated', 'qa.score.updated']).toContain(
          entry.event,
        )
      }
    }),
    { numRuns: 300 },
  )
})
