// The event mix of a real floor: calls of about four minutes that start and end, a line every 4 s, moods, QA scores.
import { lines, names } from './phrases.mjs'

/** Seconds between two events of a kind on one call. */
export const mix = { line: 4, sentiment: 10, qa: 30, call: 240 }

/** Events a second that one live call brings: lines, moods, scores, its start and its end. */
export const eventsPerCall = 1 / mix.line + 1 / mix.sentiment + 1 / mix.qa + 2 / mix.call

/** Numbers 0–1 that are the same for the same seed (mulberry32). */
export function createRandom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const businesses = ['roofing', 'plumbing', 'heating', 'auto']

/**
 * A floor of `calls` live calls. Each `take` goes on where the last one stopped; the shares of the kinds are exact over
 * time and every call gets its turn, so the arrival is steady at any rate. At `calls * eventsPerCall` facts a second the
 * gaps are those of `mix`.
 * @param {object} options
 * @param {number} options.calls
 * @param {number} [options.seed]
 * @param {string} [options.prefix] of the calls' ids
 * @param {() => string} [options.stamp] added to the end of every line, e.g. the moment of posting
 */
export function createFloor({ calls, seed = 1, prefix = 'bench', stamp }) {
  const random = createRandom(seed)
  const pick = (list) => list[Math.floor(random() * list.length)]
  let opened = 0
  let spoken = 0
  const slots = Array.from({ length: calls }, () => open())
  /** The kinds by how far each is behind its share; the one that is furthest behind comes next. */
  const kinds = [
    { make: line, gap: mix.line, due: 0, cursor: 0 },
    { make: mood, gap: mix.sentiment, due: 0, cursor: Math.floor(calls / 3) },
    { make: score, gap: mix.qa, due: 0, cursor: Math.floor(calls / 2) },
    { make: turnover, gap: mix.call, due: 0, cursor: Math.floor(calls / 5) },
  ]
  const owed = []

  function open() {
    const number = opened++
    return {
      id: `${prefix}-${number}`,
      number,
      turn: 0,
      mood: 0.45 + random() * 0.3,
      score: 0.7 + random() * 0.25,
    }
  }

  function started({ id, number }) {
    return {
      event: 'call.started',
      data: {
        call: {
          id,
          direction: number % 4 === 3 ? 'outbound' : 'inbound',
          status: 'in_progress',
          from_number: `+1210${String(5_000_000 + (number % 4_999_999)).padStart(7, '0')}`,
          to_number: `+12105550${110 + (number % 4) * 10}`,
          business_id: businesses[number % businesses.length],
          contact_name: names[number % names.length],
        },
      },
    }
  }

  function line(call) {
    const speaker = call.turn++ % 2 === 0 ? 'ai' : 'customer'
    const text = stamp ? `${pick(lines[speaker])} ${stamp()}` : pick(lines[speaker])
    return {
      event: 'interaction.added',
      data: { call_id: call.id, interaction: { id: `l${spoken++}`, speaker, text } },
    }
  }

  function mood(call) {
    call.mood = Math.min(0.95, Math.max(0.15, call.mood + (random() - 0.5) * 0.3))
    const value = Math.round(call.mood * 1000) / 1000
    const label = value < 0.4 ? 'negative' : value > 0.6 ? 'positive' : 'neutral'
    return { event: 'sentiment.changed', data: { call_id: call.id, sentiment: { score: value, label } } }
  }

  function score(call) {
    call.score = Math.min(1, Math.max(0.45, call.score + (random() - 0.5) * 0.1))
    const value = Math.round(call.score * 1000) / 1000
    return { event: 'qa.score.updated', data: { call_id: call.id, qa_score: { overall_score: value } } }
  }

  /** One call ends, and the next one in its place is owed. */
  function turnover(call, slot) {
    slots[slot] = open()
    owed.push(started(slots[slot]))
    return { event: 'call.ended', data: { call_id: call.id } }
  }

  function next() {
    const late = owed.shift()
    if (late) return late
    let kind = kinds[0]
    for (const other of kinds) if (other.due < kind.due) kind = other
    kind.due += kind.gap
    const slot = kind.cursor++ % calls
    return kind.make(slots[slot], slot)
  }

  return {
    /** The facts that open the calls of the beginning. */
    openings: () => slots.map(started),
    /** @param {number} count @returns {object[]} the next facts */
    take: (count) => Array.from({ length: count }, next),
    /** Ids of the calls that are live after what was taken. */
    liveIds: () => slots.map(({ id }) => id),
  }
}
