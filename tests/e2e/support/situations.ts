// Situations that several journeys begin with, brought about at the front door.
import type { Line } from '#tests/e2e/support/platform.ts'

/** Danger is said on so many calls at once. */
export async function danger(line: Line, names: readonly string[]): Promise<void> {
  for (const contact_name of names) {
    const callId = await line.startCall({ contact_name, business_id: 'plumbing' })
    await line.say(callId, 'I can smell gas in the kitchen.')
  }
}

/** Calls whose callers wait for a person. */
export async function waitForPeople(line: Line, names: readonly string[]): Promise<void> {
  for (const contact_name of names) {
    const callId = await line.startCall({ contact_name, business_id: 'roofing' })
    await line.report({
      event: 'escalation.triggered',
      data: { call_id: callId, escalation: { trigger_type: 'asked_for_human' } },
    })
  }
}
