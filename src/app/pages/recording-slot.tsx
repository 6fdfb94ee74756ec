// Gives the player of a recording its bytes: by the person's token, from the server of this console.
import { type ComponentProps, useMemo } from 'react'
import { fetchFile } from '#src/gateway/fetch-file.ts'
import { RecordingPlayer } from '#src/features/recording/recording-player.tsx'
import { ok } from '#src/lib/result.ts'
import { useApi, useConfig } from '#src/app/config-context.ts'
import { useSession } from '#src/app/session/session-context.ts'

type RecordingSlotProps = Omit<ComponentProps<typeof RecordingPlayer>, 'source'> & { callId: string }

/** The player of one call; give it the call's id as its key. */
export function RecordingSlot({ callId, ...props }: RecordingSlotProps) {
  const api = useApi()
  const config = useConfig()
  const { tokens } = useSession()
  const source = useMemo(
    () => ({
      async describe() {
        const answer = await api.request('GET /api/v1/calls/:call_id/recording/waveform', {
          params: { call_id: callId },
        })
        return answer.ok ? ok(answer.value.recording) : answer
      },
      fetch: () => fetchFile(`${config.api}/api/v1/calls/${encodeURIComponent(callId)}/recording`, tokens),
    }),
    [api, config.api, tokens, callId],
  )
  return <RecordingPlayer source={source} {...props} />
}
