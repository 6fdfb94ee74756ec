// Where help for the open call meets what it acts on: the panel proposes, the composer and the transcript do.
import { useCallback, useEffect } from 'react'
import type { Session } from '#contract/auth.ts'
import { can } from '#contract/permissions.ts'
import { AssistPanel } from '#src/features/assist/assist-panel.tsx'
import { useAssist } from '#src/features/assist/use-assist.ts'
import type { ComposerWish } from '#src/features/intervene/composer.tsx'
import { useApi } from '#src/app/config-context.ts'
import { useRunAction } from '#src/ui/actions.tsx'

interface AssistSlotProps {
  callId: string
  role: Session['role']
  onKeywords: (keywords: readonly string[]) => void
  onWish: (wish: ComposerWish) => void
  onLine: (lineId: number) => void
  unfolded: boolean | undefined
  onUnfold: (isWanted: boolean) => void
}

/** The panel of one call; give it the call's id as its key. */
export function AssistSlot({ callId, role, onKeywords, onWish, onLine, ...room }: AssistSlotProps) {
  const api = useApi()
  const run = useRunAction()
  const load = useCallback(
    (id: string) => api.request('GET /api/v1/calls/:call_id/assist', { params: { call_id: id } }),
    [api],
  )
  const state = useAssist(callId, load)
  const keywords = state.assist?.keywords
  useEffect(() => {
    if (keywords) onKeywords(keywords)
  }, [keywords, onKeywords])
  return (
    <AssistPanel
      state={state}
      mayMessage={can(role, 'calls.intervene')}
      onSuggestion={({ act, prefill }) => {
        if (act === 'resume') run('act.pause')
        else onWish({ mode: act, text: prefill.text, agentId: prefill.agent_id, reason: prefill.reason })
      }}
      onInsert={(text) => onWish({ mode: 'message', text })}
      onLine={onLine}
      {...room}
    />
  )
}
