// The endpoints of recordings: bytes, also in ranges, and the waveform. Who may not see the call finds no recording either.
import { type Recording, callsRecording, callsWaveform } from '#contract/recording.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import type { Principal } from '#server/domain/principal.ts'
import { findCall } from '#server/modules/calls/calls-service.ts'
import { parseRange } from '#server/modules/recordings/parse-range.ts'
import { type RecordingsOptions, recordingOf } from '#server/modules/recordings/recordings-service.ts'
import {
  type FoundRecording,
  describeRecording,
  readRecording,
} from '#server/modules/recordings/recording-files.ts'

/** Waveforms that are kept ready; working one out reads the whole file. */
const keptWaveforms = 50

export function registerRecordings(register: RegisterEndpoint, options: RecordingsOptions): void {
  const waveforms = new Map<string, Promise<Recording>>()

  async function find(principal: Principal, callId: string): Promise<FoundRecording> {
    const { call } = await findCall(options.db, principal, callId)
    const found = await recordingOf(options, principal.companyId, call)
    if (!found) throw new ApiError('RECORDING_NOT_FOUND', 'There is no recording of this call.')
    return found
  }

  function waveformOf(found: FoundRecording): Promise<Recording> {
    const known = waveforms.get(found.version)
    if (known) return known
    const made = describeRecording(found)
    waveforms.set(found.version, made)
    made.catch(() => waveforms.delete(found.version))
    const oldest = waveforms.keys().next().value
    if (waveforms.size > keptWaveforms && oldest !== undefined) waveforms.delete(oldest)
    return made
  }

  register(callsWaveform, async ({ principal, params }) => {
    const found = await find(principal, params.call_id)
    return { status: 200, body: { recording: await waveformOf(found) } }
  })

  register(callsRecording, async ({ principal, params, headers }) => {
    const found = await find(principal, params.call_id)
    const range = parseRange(headers['range'], found.bytes)
    if (range === 'unsatisfiable')
      throw new ApiError('RANGE_NOT_SATISFIABLE', `The recording has ${found.bytes} bytes.`)
    const { from, to } = range ?? { from: 0, to: found.bytes - 1 }
    return {
      status: range ? 206 : 200,
      body: readRecording(found, from, to),
      headers: {
        'content-type': found.contentType,
        'content-length': String(to - from + 1),
        'accept-ranges': 'bytes',
        'content-disposition': 'inline; filename="recording"',
        ...(range ? { 'content-range': `bytes ${from}-${to}/${found.bytes}` } : {}),
      },
    }
  })
}
