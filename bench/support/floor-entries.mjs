// The entries a live floor leaves in its log, made without a database: what is fed straight into realtime, and to the references.
import { createRandom, eventsPerCall, mix } from './floor.mjs'

const lineTexts = [
  'Could somebody look at it before the weekend, please?',
  'I can offer you Thursday between eight and noon, or Friday in the afternoon. Which one would suit you better?',
  'The unit makes a loud noise when it starts.',
  'Let me check the calendar for your area, that takes me a moment.',
  'That works for me. Is there a fee when they only look at it and do not repair anything?',
]
const labelOf = (score) => (score < 0.4 ? 'negative' : score >= 0.6 ? 'positive' : 'neutral')

/** Events a second that this many live calls bring on a real floor. */
export const naturalRate = (calls) => calls * eventsPerCall
/** Share of the events that are no lines; a turnover is four events. */
export const othersShare = 1 - 1 / mix.line / (1 / mix.line + 1 / mix.sentiment + 1 / mix.qa + 4 / mix.call)
const sum = 1 / mix.line + 1 / mix.sentiment + 1 / mix.qa + 1 / mix.call

/**
 * Makes log entries of a floor, in order, with contiguous `seq` after `position`. Each line's text ends in ` t=<epoch ms>`,
 * the moment it was made, so that a reader can tell its age.
 * @param {{ position?: number, seed?: number, prefix?: string }} [options]
 */
export function floorEntries({ position = 0, seed = 7, prefix = 'live' } = {}) {
  const chance = createRandom(seed)
  /** Live calls; the oldest is replaced when one ends. */
  const calls = []
  let seq = position
  let serial = 0
  let lineId = 1
  let oldest = 0

  const entry = (event, callId, data, at, statusChanged = false) => ({
    seq: ++seq,
    callId,
    event,
    at,
    data: JSON.stringify(data),
    value: data,
    owners: [],
    ownersBefore: null,
    statusChanged,
  })

  function started(at) {
    const n = ++serial
    const id = `${prefix}-${String(n).padStart(6, '0')}`
    const call = {
      id,
      twilio_call_sid: `CA${id}`,
      direction: n % 4 === 0 ? 'outbound' : 'inbound',
      status: 'in_progress',
      from_number: `+1210555${String(n % 10_000).padStart(4, '0')}`,
      to_number: '+12105550100',
      business_id: `business-${n % 5}`,
      business_name: `Alamo Services ${n % 5}`,
      ai_name: 'Ava',
      started_at: at,
      created_at: at,
      updated_at: at,
      metadata: {},
    }
    return call
  }

  /** One event of the running floor; an end brings the next call with it. */
  function next(at, now, into) {
    let roll = chance() * sum
    const call = calls[Math.floor(chance() * calls.length)]
    if ((roll -= 1 / mix.line) < 0) {
      const text = `${lineTexts[lineId % lineTexts.length]} t=${now}`
      into.push(lineOf(call, text, at))
    } else if ((roll -= 1 / mix.sentiment) < 0) {
      const score = Math.round(chance() * 100) / 100
      into.push(entry('sentiment.changed', call.id, moodOf(call, score), at))
    } else if ((roll -= 1 / mix.qa) < 0) into.push(entry('qa.score.updated', call.id, scoreOf(call, at), at))
    else turnOver(at, into)
  }

  const moodOf = (call, score) => ({ call_id: call.id, sentiment: { score, label: labelOf(score) } })

  function lineOf(call, text, at) {
    const score = Math.round(chance() * 100) / 100
    const interaction = {
      id: lineId++,
      call_id: call.id,
      speaker: lineId % 2 ? 'ai' : 'customer',
      text,
      timestamp: at,
      metadata: {},
      sentiment: { score, label: labelOf(score) },
    }
    return entry('interaction.added', call.id, { call_id: call.id, interaction }, at)
  }

  function scoreOf(call, at) {
    const score = Math.round((0.5 + chance() / 2) * 100) / 100
    return {
      call_id: call.id,
      qa_score: {
        id: lineId++,
        call_id: call.id,
        overall_score: score,
        sentiment_score: score,
        compliance_score: 1,
        accuracy_score: score,
        professionalism_score: 0.9,
        sentiment_label: labelOf(score),
        compliance_issues: [],
        flagged_issues: [],
        reviewed_by: 'rules',
        created_at: at,
        updated_at: at,
      },
    }
  }

  function turnOver(at, into) {
    const place = oldest++ % calls.length
    const gone = calls[place]
    const duration = Math.max(0, Math.round((Date.parse(at) - Date.parse(gone.started_at)) / 1000))
    const end = { status: 'completed', ended_at: at, duration_seconds: duration }
    into.push(entry('call.updated', gone.id, { call: { ...gone, ...end, updated_at: at } }, at, true))
    into.push(entry('call.ended', gone.id, { call_id: gone.id, ...end }, at))
    const ringing = { ...started(at), status: 'ringing' }
    into.push(entry('call.started', ringing.id, { call: ringing }, at))
    calls[place] = { ...ringing, status: 'in_progress' }
    into.push(entry('call.updated', ringing.id, { call: calls[place] }, at, true))
  }

  return {
    get position() {
      return seq
    },
    get calls() {
      return calls
    },
    /** Entries that bring the floor to `count` live calls: starts, or ends of the oldest. */
    population(count, now = Date.now()) {
      const at = new Date(now).toISOString()
      const entries = []
      while (calls.length < count) {
        const call = started(at)
        calls.push(call)
        entries.push(entry('call.started', call.id, { call }, at))
      }
      for (const call of calls.splice(count))
        entries.push(
          entry('call.ended', call.id, { call_id: call.id, ended_at: at, status: 'completed' }, at),
        )
      return entries
    },
    /** The next `count` events, a few more when the last one is an end: it comes as a whole. */
    next(count, now = Date.now()) {
      const at = new Date(now).toISOString()
      const entries = []
      while (entries.length < count) next(at, now, entries)
      return entries
    },
    /** One line on a call, as it is written here. */
    line(callId, text, now = Date.now()) {
      return lineOf({ id: callId }, text, new Date(now).toISOString())
    },
  }
}
