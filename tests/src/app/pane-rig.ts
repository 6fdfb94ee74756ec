// A call of Marisol's, open in its pane.
import { screen, within } from '@testing-library/react'
import type { Call } from '#contract/call.ts'
import type { CallSnapshot } from '#contract/protocol.ts'
import { makeCall, makeLine } from '#tests/support/factories.ts'
import { renderLive } from '#tests/support/render-live.tsx'

/** Instants of the call's first minute. */
export const at = (second: number) => `2026-11-20T14:00:${String(second).padStart(2, '0')}.000Z`
export const marisol = makeCall({ id: 'c1', contact_name: 'Marisol Trevino', ai_name: 'Ava' })
const lines = [
  makeLine({ id: 1, speaker: 'ai', text: 'How can I help?', timestamp: at(1) }),
  makeLine({
    id: 2,
    text: 'I want a person.',
    timestamp: at(4),
    sentiment: { score: 0.1, label: 'negative' },
  }),
]

/** The live page at the call, with its two lines unless others are given. */
export async function openCall(
  detail: Partial<CallSnapshot> = {},
  options: Parameters<typeof renderLive>[0] = {},
): ReturnType<typeof renderLive> {
  const call: Call = detail.call ?? marisol
  const live = await renderLive({ calls: [call], at: '/live/c1', ...options })
  await live.show({
    stream: 'call:c1',
    detail: {
      call,
      interactions: lines,
      interactions_count: lines.length,
      interventions: [],
      notes: [],
      ...detail,
    },
  })
  return live
}

export const pane = () => within(screen.getByRole('complementary', { name: 'Open call: Marisol Trevino' }))
export const line = (id: number) =>
  document.querySelector<HTMLElement>(`[data-interaction-id="${id}"]`) as HTMLElement
