// A call while it lasts, and what it needs of the floor it happens on.
import type { CallDirection } from '#contract/call.ts'
import type { TelephonyEvent } from '#contract/telephony.ts'
import type { Agenda, Task } from '#server/feed/simulator/agenda.ts'
import type { SimulatedBusiness } from '#server/feed/simulator/directory.ts'
import type { Beat, CallPlan } from '#server/feed/simulator/plan-call.ts'
import type { Random } from '#server/feed/simulator/random.ts'
import type { Slots } from '#server/feed/simulator/render-line.ts'
import type { Scene } from '#server/feed/simulator/scene.ts'
import type { Instruction } from '#server/feed/simulator/weave-instruction.ts'

export type CallState = 'ringing' | 'talking' | 'paused' | 'transferring' | 'with-person' | 'ended'

export interface LiveCall {
  readonly id: string
  readonly direction: CallDirection
  readonly business: SimulatedBusiness
  readonly plan: CallPlan
  /** The customer's side of the line, E.164. */
  readonly customerNumber: string
  /** Members of the first report beside those every call has. */
  readonly extras: Record<string, unknown>
  readonly metadata: Record<string, unknown>
  slots: Slots
  readonly random: Random
  /** Lines said before this instant (epoch ms) are not reported: the floor was met in the middle. */
  readonly reportedFrom: number
  state: CallState
  /** What is left of the script. */
  script: readonly Beat[]
  next: number
  /** Said before the script goes on. */
  first: Beat[]
  /** Said before the script goes on once the AI is resumed. */
  afterPause: Beat[]
  /** The line or step that comes next. */
  task?: Task | undefined
  pickUp?: Task | undefined
  cut?: Task | undefined
  /** The customer's mood, 0–1, and what the waiting has cost of it. */
  mood: number
  annoyance: number
  lines: number
  /** Its lines are withheld from time to time. */
  readonly hasBadLine: boolean
  /** Lines that have not been reported because the line is cut; undefined while it is not. */
  withheld?: TelephonyEvent[] | undefined
  instruction?: Instruction | undefined
  /** The customer may finish the sentence when the AI is paused. */
  mayFinishTurn: boolean
  hangsUpAt: number
  waits: number
  person?: { id: string; name: string } | undefined
  /** What the person has said so far. */
  personSaid?: string[] | undefined
  /** Who spoke before the call was put on hold for a transfer. */
  before?: 'talking' | 'with-person' | undefined
  /** Commands that were taken but not carried out yet. */
  readonly open: Set<string>
}

export interface Floor {
  readonly agenda: Agenda
  readonly scene: Scene
  /** The instant of what happens now, epoch ms. */
  now(): number
  /** The instant that lies this much simulated time (ms) ahead. */
  after(ms: number): number
  report(fact: TelephonyEvent): void
  /** True when the person hands back to the AI instead of saying goodbye for good; it has happened then. */
  mayHandBack?(call: LiveCall): boolean
  /** Called once when a call has ended. */
  leave(call: LiveCall): void
}
