// Who the speakers of a call are, as its script names them.
import { useMemo } from 'react'
import type { Call } from '#contract/call.ts'
import { useCall } from '#src/live/use-live.ts'
import type { SpeakerNames } from '#src/features/transcript/line.tsx'

const aiOf = (call: Call) => call.ai_name ?? 'AI'
const customerOf = (call: Call) => call.contact_name?.split(' ')[0] || 'Caller'
const agentOf = (call: Call) => call.assigned_agent?.name.split(' ')[0] ?? 'Agent'

/** Their short names; the same object until one changes. */
export function useNames(callId: string): SpeakerNames {
  const ai = useCall(callId, aiOf) ?? 'AI'
  const customer = useCall(callId, customerOf) ?? 'Caller'
  const agent = useCall(callId, agentOf) ?? 'Agent'
  return useMemo(() => ({ ai, customer, agent }), [ai, customer, agent])
}
