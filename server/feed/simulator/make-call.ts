// Draws a call and puts it together: who, which business, what will be said.
import { drawPhone, drawSlots } from '#server/feed/simulator/caller-slots.ts'
import {
  type SimulatedBusiness,
  type SimulatorDirectory,
  ownership,
} from '#server/feed/simulator/directory.ts'
import type { LiveCall } from '#server/feed/simulator/live-call.ts'
import { type PlanWish, planCall } from '#server/feed/simulator/plan-call.ts'
import type { Random } from '#server/feed/simulator/random.ts'
import type { Scene } from '#server/feed/simulator/scene.ts'

export interface CallWish extends PlanWish {
  business?: SimulatedBusiness | undefined
  customerNumber?: string | undefined
  reportedFrom?: number
  /** Members the first report carries beside the usual ones. */
  extras?: Record<string, unknown>
  metadata?: Record<string, unknown>
}

interface CallParts {
  id: string
  /** Which call of the day it is; undefined for one that a supervisor asked for, which is nobody's own. */
  n?: number
  directory: SimulatorDirectory
  scene: Scene
  random: Random
  wish?: CallWish
}

/** Puts a call together; nothing is reported yet. Throws RangeError when the directory has no business. */
export function makeCall({ id, n, directory, scene, random, wish = {} }: CallParts): LiveCall {
  const business = wish.business ?? random.pick(directory.businesses)
  const plan = planCall(business.kind, scene, random, wish)
  const customerNumber = wish.customerNumber ?? drawPhone(random)
  const { kind, name, aiName } = business
  const callerPhone = /^\+1\d{10}$/.test(customerNumber) ? customerNumber : drawPhone(random)
  const slots = drawSlots(random, { kind, businessName: name, aiName, callerPhone })
  const { owner, ...own } = n === undefined ? { owner: undefined } : ownership(directory.owners, n)
  return {
    id,
    direction: plan.scenario.direction,
    business,
    plan,
    customerNumber,
    extras: { ...own, ...wish.extras },
    metadata: { ...(owner ? { owner } : {}), ...wish.metadata },
    slots,
    random,
    reportedFrom: wish.reportedFrom ?? 0,
    state: 'ringing',
    script: plan.beats,
    next: 0,
    first: [],
    afterPause: [],
    mood: (plan.beats.find(({ speaker }) => speaker === 'customer')?.mood ?? 0.5) + scene.moodShift,
    annoyance: 0,
    lines: 0,
    hasBadLine: scene.cutsLines && business === directory.businesses[0],
    mayFinishTurn: false,
    hangsUpAt: 0,
    waits: 0,
    open: new Set(),
  }
}

const sampleSize = 600

/** Mean length of this floor's calls in ms, ringing included: what the level is divided by to get the arrivals. */
export function meanLengthMs(directory: SimulatorDirectory, scene: Scene, random: Random): number {
  let total = 0
  for (let n = 0; n < sampleSize; n++) {
    const sample = random.fork(`sample${n}`)
    total += planCall(sample.pick(directory.businesses).kind, scene, sample).durationMs
  }
  return total / sampleSize
}
