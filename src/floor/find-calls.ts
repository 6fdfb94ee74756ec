// Finding calls and those who speak in them by a few typed letters; done where the floor is kept.
import { levelOf } from '#contract/attention-order.ts'
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import { fit, plain, typedWords } from '#src/lib/fuzzy.ts'
import type { Meaning } from '#src/lib/meaning.ts'
import { byAge } from '#src/floor/attention-order.ts'
import { callerName, callerNumber, meaningOf, otherNumber, stateWords } from '#src/floor/call-words.ts'

/** A call as a list of results shows it. */
export interface FoundCall {
  id: string
  name: string
  number: string
  business: string
  /** Who speaks for us: the person who has the call, else the AI. */
  agent: string
  meaning: Meaning
  state: string
}

/** Somebody who speaks for us on live calls. */
export interface FoundAgent {
  name: string
  kind: 'ai' | 'person'
  /** Live calls they are on. */
  calls: number
}

export interface FoundOnFloor {
  calls: readonly FoundCall[]
  agents: readonly FoundAgent[]
}

const digitsOf = (text: string) => text.replace(/\D/g, '')

const speakerOf = (call: Call): FoundAgent | null => {
  const person = call.escalation_status === 'in_progress' ? call.assigned_agent?.name : undefined
  if (person) return { name: person, kind: 'person', calls: 1 }
  return call.ai_name ? { name: call.ai_name, kind: 'ai', calls: 1 } : null
}

function fitOf(call: Call, words: readonly string[], digits: string): number {
  if (digits.length >= 3 && digitsOf(otherNumber(call)).includes(digits)) return 95
  const { business_name, ai_name, assigned_agent, id } = call
  return fit(
    words,
    [callerName(call), business_name, ai_name, assigned_agent?.name, id].flatMap((text) =>
      text ? [plain(text)] : [],
    ),
  )
}

const levels = { act: 2, watch: 1, calm: 0 }

/** The best `limit` calls and agents for what was typed; the better fit first, then who needs a person, then the older. */
export function findCalls(calls: Iterable<Call>, typed: string, limit: number): FoundOnFloor {
  const words = typedWords(typed)
  if (words.length === 0) return { calls: [], agents: [] }
  const digits = /^[\d\s()+.-]+$/.test(typed) ? digitsOf(typed) : ''
  const hits: { call: Call; score: number }[] = []
  const agents = new Map<string, FoundAgent>()
  for (const call of calls) {
    const score = fitOf(call, words, digits)
    if (score > 0) hits.push({ call, score })
    const speaker = isLive(call.status) ? speakerOf(call) : null
    if (!speaker) continue
    const key = `${speaker.kind} ${speaker.name}`
    const known = agents.get(key)
    if (known) known.calls += 1
    else agents.set(key, speaker)
  }
  hits.sort(
    (a, b) => b.score - a.score || levels[levelOf(b.call)] - levels[levelOf(a.call)] || byAge(a.call, b.call),
  )
  return {
    calls: hits.slice(0, limit).map(({ call }) => ({
      id: call.id,
      name: callerName(call),
      number: callerNumber(call),
      business: call.business_name ?? '',
      agent: speakerOf(call)?.name ?? '',
      meaning: meaningOf(call),
      state: stateWords(call),
    })),
    agents: [...agents.values()]
      .map((agent) => ({ agent, score: fit(words, [plain(agent.name)]) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || a.agent.name.localeCompare(b.agent.name))
      .slice(0, limit)
      .map(({ agent }) => agent),
  }
}
