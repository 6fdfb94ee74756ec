// What people at the desk say and write in calls of the past, and how often they step in.
import type { Random } from '#server/feed/simulator/random.ts'

/** Chances of one answered call while the desk is staffed. */
export const acts = [
  { kind: 'note', chance: 0.035 },
  { kind: 'send_message', chance: 0.014 },
  { kind: 'escalate', chance: 0.025 },
  { kind: 'pause', chance: 0.006 },
  { kind: 'override_instructions', chance: 0.005 },
  { kind: 'end', chance: 0.0015 },
] as const

export const reasons = [
  'Long-standing customer, a person should take this.',
  'The caller is upset about the bill.',
  'Needs a decision on the price.',
  'The visit was missed twice.',
] as const

export const notes = [
  { note: 'Asked to be called before the technician leaves the shop.', category: 'follow up' },
  { note: 'Gate code changed, see the work order.', category: 'access' },
  { note: 'Second visit for the same fault, no charge for the trip.', category: 'billing' },
  { note: 'Prefers mornings.', category: null },
  { note: 'Landlord pays; invoice goes to the property manager.', category: 'billing' },
  { note: 'Wants to hear about the maintenance plan in spring.', category: 'sales' },
  { note: 'AI explained the fee well, good example for training.', category: 'quality' },
  { note: 'Repeated the address three times, check the transcription.', category: 'quality' },
] as const

const messages = [
  'We can waive the visit fee if you book today.',
  'A technician is near you and could come within the hour.',
  'Your last visit is under warranty, so this one is free of charge.',
  'Would a call from our manager this afternoon help?',
] as const

const instructions = [
  'Do not offer a discount on this call.',
  'Offer the first appointment tomorrow morning.',
  'Keep it short and confirm the address once more.',
] as const

export const sorry = {
  back_to_ai: "I'm sorry, nobody from the team is free right now. I'm still here, so let's go on together.",
  callback:
    "I'm sorry, nobody from the team is free right now. Somebody will call you back within half an hour.",
} as const

type Words =
  | { action: 'send_message'; text: string }
  | { action: 'pause' }
  | { action: 'resume' }
  | { action: 'override_instructions'; text: string; scope: 'call' }
  | { action: 'cancel_transfer'; text: string }
  | { action: 'end'; reason: string }
  | {
      action: 'transfer'
      agent: { id: string; name: string }
      reason: string | undefined
      briefing: string | undefined
    }

/** The command of an act that needs no more than its words. */
export function actWords(
  kind: 'send_message' | 'pause' | 'override_instructions' | 'end',
  random: Random,
): Words {
  switch (kind) {
    case 'send_message':
      return { action: kind, text: random.pick(messages) }
    case 'override_instructions':
      return { action: kind, text: random.pick(instructions), scope: 'call' }
    case 'end':
      return { action: kind, reason: 'A supervisor ended the call.' }
    case 'pause':
      return { action: kind }
  }
}
