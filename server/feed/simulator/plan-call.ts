// Draws one call before it happens: which scenario, which branch, what is said, and how long each pause is.
import { library } from '#server/feed/simulator/library.ts'
import type { Random } from '#server/feed/simulator/random.ts'
import type { Branch, BusinessKind, Scenario, Step, Turn } from '#server/feed/simulator/scenario.ts'
import type { Scene } from '#server/feed/simulator/scene.ts'
import { sharedParts } from '#server/feed/simulator/shared-parts.ts'
import { sideTalk, tenseTalk, waits } from '#server/feed/simulator/side-talk.ts'

/** A line to be said, `gapMs` after the one before it. */
export interface Beat extends Turn {
  gapMs: number
}

export interface CallPlan {
  scenario: Scenario
  branch: Branch
  /** How the call comes about: it is talked on, nobody answers, or the caller gives up while it rings. */
  answer: 'answered' | 'unanswered' | 'missed'
  ringMs: number
  beats: readonly Beat[]
  /** The line breaks here instead of playing to the end. */
  isDropped: boolean
  /** From the first ring to the end, when nobody steps in. */
  durationMs: number
}

/** Mean of an ordinary call's drawn length, seconds; short ones and unanswered ones pull the floor's mean to 4 minutes. */
const meanTalkSeconds = 270
// Who is called wants to get on with the day.
const outboundShare = 0.78
const talkSigma = 0.42
const leastTalkSeconds = 70
const mostTalkSeconds = 1500
const endingMs = 1500

/** How long a line takes to be said, with the breath before it. */
export function speechMs(text: string, random: Random): number {
  let words = 1
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) words++
  return Math.round((0.9 + words / 3.9 + random.between(0, 0.9)) * 1000)
}

const neutralMood = 0.55

const partOf = (name: string, mood: number): Step => ({ kind: 'part', name, mood })

function spoilTool(turn: Turn, random: Random, scene: Scene): Step[] {
  const name = (turn.tool ?? '').replaceAll('_', ' ')
  const failed: Turn = { ...turn, hasFailed: true, text: `${name} failed: no answer in time` }
  return [failed, ...unfold([partOf('toolsorry', turn.mood)], random, scene), turn]
}

/** Puts the parts in place of their names, and lets the scene spoil what it spoils. */
function unfold(steps: readonly Step[], random: Random, scene: Scene, mood = neutralMood): Step[] {
  const found: Step[] = []
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] as Step
    if (step.kind === 'part') {
      const variants = sharedParts.get(step.name)
      if (!variants) throw new RangeError(`no part named ${step.name}`)
      found.push(...unfold(random.pick(variants), random, scene, step.mood))
    } else if (step.kind !== 'turn') found.push(step)
    else if (step.isOptional && !random.chance(0.6)) continue
    else if (step.isCompliance && random.chance(scene.complianceMiss)) {
      // What is not said is not answered either.
      const next = steps[index + 1]
      if (next?.kind === 'turn' && next.speaker === 'customer') index++
    } else {
      const turn = Number.isNaN(step.mood) ? { ...step, mood } : step
      const isSpoiled = turn.tool && !turn.hasFailed && random.chance(scene.toolFailure)
      found.push(...(isSpoiled ? spoilTool(turn, random, scene) : [turn]))
    }
  }
  return found
}

/** The lines of a script with their pauses. */
export function toBeats(steps: readonly Step[], random: Random): Beat[] {
  const beats: Beat[] = []
  let silentMs = 0
  for (const step of steps) {
    if (step.kind === 'silence') silentMs += step.seconds * 1000
    if (step.kind !== 'turn') continue
    beats.push({ ...step, gapMs: silentMs + speechMs(step.text, random) })
    // Music plays after its line; the next one speaks when it ends.
    silentMs = (step.holdSeconds ?? 0) * 1000 * random.between(0.7, 1.3)
  }
  const last = beats.at(-1)
  if (last && silentMs > 0) last.gapMs += silentMs
  return beats
}

const talkMs = (beats: readonly Beat[]) => beats.reduce((sum, beat) => sum + beat.gapMs, endingMs)

/** The mood around a place: that of the last line before it. */
function moodAt(steps: readonly Step[], place: number): number {
  const before = steps.findLast((step, index) => index < place && step.kind === 'turn')
  return before?.kind === 'turn' ? before.mood : neutralMood
}

const asidePlaces = (steps: readonly Step[]) =>
  steps.flatMap((step, index) => (step.kind === 'aside' ? [index] : []))

interface StretchParts {
  talk: readonly (readonly Step[])[]
  targetMs: number
  random: Random
  scene: Scene
}

/** Fills the places for side talk until the call is nearly as long as drawn; waits make up what talk does not. */
function stretch(steps: readonly Step[], { talk, targetMs, random, scene }: StretchParts): Step[] {
  const places = asidePlaces(steps)
  const put = new Map<number, Step[]>()
  const unused = [...talk]
  let missing = targetMs - talkMs(toBeats(steps, random))
  let lastWait: readonly Step[] | undefined
  for (let turn = 0; places.length > 0 && missing > targetMs * 0.15 && turn < 60; turn++) {
    const isWait = unused.length === 0 || (turn % 3 === 2 && missing > 40_000)
    const [chosen] = isWait ? [] : unused.splice(random.whole(0, unused.length - 1), 1)
    const choice = chosen ?? random.pick(waits.filter((wait) => wait !== lastWait))
    if (!chosen) lastWait = choice
    const place = places[turn % places.length] as number
    const added = unfold(choice, random, scene, moodAt(steps, place))
    put.set(place, [...(put.get(place) ?? []), ...added])
    missing -= talkMs(toBeats(added, random)) - endingMs
  }
  return steps.flatMap((step, index) => put.get(index) ?? [step])
}

/** Paces the beats so that the whole lasts as drawn; nobody speaks at double speed, so a very short draw stays longer. */
function pace(beats: Beat[], targetMs: number): Beat[] {
  const factor = Math.min(1.5, Math.max(0.62, targetMs / talkMs(beats)))
  return beats.map((beat) => ({ ...beat, gapMs: Math.round(beat.gapMs * factor) }))
}

function pleaForHuman(steps: Step[], random: Random, scene: Scene): Step[] {
  const places = asidePlaces(steps)
  if (places.length === 0 || !random.chance(scene.asksForHuman)) return steps
  const place = random.pick(places)
  const plea = [partOf('askhuman', 0.3), partOf('waitqueue', 0.28)]
  return [...steps.slice(0, place + 1), ...unfold(plea, random, scene), ...steps.slice(place + 1)]
}

/** What the draw is narrowed to; everything absent is drawn. */
export interface PlanWish {
  scenario?: Scenario
  branch?: Branch
  direction?: Scenario['direction']
  /** A call found in progress: somebody answered, and long calls are met more often than short ones. */
  isUnderWay?: boolean
  /** Mean length of an ordinary talk in place of the floor's, seconds. */
  talkSeconds?: number
}

function ring(scenario: Scenario, random: Random, scene: Scene): Pick<CallPlan, 'answer' | 'ringMs'> {
  if (scenario.direction === 'inbound') {
    if (random.chance(scene.missed)) return { answer: 'missed', ringMs: random.whole(9000, 34_000) }
    return { answer: 'answered', ringMs: random.whole(900, 3800) }
  }
  if (random.chance(scene.unanswered)) return { answer: 'unanswered', ringMs: random.whole(22_000, 34_000) }
  return { answer: 'answered', ringMs: random.whole(4000, 19_000) }
}

function drawBeats(kind: BusinessKind, scene: Scene, random: Random, plan: PlanWish & { script: Step[] }) {
  const { script, scenario, isUnderWay, talkSeconds = meanTalkSeconds } = plan
  if (scenario?.tone === 'short') return toBeats(script, random)
  const usual = talkSeconds * (scenario?.direction === 'outbound' ? outboundShare : 1)
  const mean = usual * (isUnderWay ? Math.exp(talkSigma ** 2) : 1)
  const drawn = random.logNormal(mean, talkSigma)
  const targetMs = Math.min(mostTalkSeconds, Math.max(leastTalkSeconds, drawn)) * 1000
  const talk = scenario?.tone === 'angry' ? tenseTalk : sideTalk[kind]
  const steps = stretch(pleaForHuman(script, random, scene), { talk, targetMs, random, scene })
  return pace(toBeats(steps, random), targetMs)
}

/** Draws a call of this kind of business. The same stream of chance gives the same call. */
export function planCall(kind: BusinessKind, scene: Scene, random: Random, wish: PlanWish = {}): CallPlan {
  const fitting = library[kind].filter(({ direction }) => !wish.direction || direction === wish.direction)
  const shortShare = wish.isUnderWay ? 0.15 : 1
  const scenario =
    wish.scenario ??
    random.weighted(fitting, ({ tone }) => scene.tones[tone] * (tone === 'short' ? shortShare : 1))
  const branch = wish.branch ?? random.weighted(scenario.branches, ({ weight }) => weight)
  const rung = ring(scenario, random, scene)
  const answer = wish.isUnderWay ? 'answered' : rung.answer
  const base = { scenario, branch, answer, ringMs: rung.ringMs }
  if (answer !== 'answered') return { ...base, beats: [], isDropped: false, durationMs: rung.ringMs }

  const script = unfold([...scenario.opening, ...branch.steps], random, scene)
  const whole = drawBeats(kind, scene, random, { ...wish, scenario, script })
  const isDropped = whole.length > 8 && random.chance(scene.dropped)
  const beats = isDropped ? whole.slice(0, random.whole(6, whole.length - 2)) : whole
  return { ...base, beats, isDropped, durationMs: rung.ringMs + talkMs(beats) }
}
