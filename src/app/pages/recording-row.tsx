// The recording of a call under its curve, or why there is none to hear.
import type { ComponentProps } from 'react'
import { type Role, can } from '#contract/permissions.ts'
import { later } from '#src/ui/later.tsx'

const RecordingSlot = later(
  () => import('#src/app/pages/recording-slot.tsx').then((module) => module.RecordingSlot),
  'The player',
)

type RecordingRowProps = Omit<ComponentProps<typeof RecordingSlot>, 'fallback'> & {
  role: Role
  isLive: boolean
  /** Undefined until it is known. */
  isRecorded: boolean | undefined
}

/** The player, where there is a recording and this person may hear it. */
export function RecordingRow({ role, isLive, isRecorded, ...props }: RecordingRowProps) {
  if (isLive) return null
  if (!can(role, 'calls.download'))
    return <p className="call-silent">You don’t have permission to hear recordings.</p>
  if (isRecorded === undefined) return <p className="call-silent">Looking for the recording…</p>
  if (!isRecorded) return <p className="call-silent">No recording for this call.</p>
  return (
    <RecordingSlot
      {...props}
      fallback={(failed) => failed ?? <p className="call-silent">Opening the player…</p>}
    />
  )
}
