// The recording of a call: its bytes, and what a player needs before it has them.
import { z } from 'zod'
import { endpoint } from '#contract/endpoint.ts'
import { CallParams, Seconds } from '#contract/primitives.ts'

/** Points of a waveform, for each channel. */
export const waveformPoints = 1200

export const Recording = z
  .object({
    content_type: z.string(),
    bytes: z.number().int(),
    /** Who is on which channel, first channel first; one entry where all are on one. */
    channels: z.array(z.enum(['caller', 'agent', 'all'])),
    /** Absent where the server does not read the format. */
    duration_seconds: Seconds.optional(),
    /** For each channel at most 1,200 loudest samples of equal spans, 0–1; absent like the duration. */
    peaks: z.array(z.array(z.number())).optional(),
  })
  .meta({ id: 'Recording' })
export type Recording = z.infer<typeof Recording>

export const callsRecording = endpoint({
  id: 'calls-recording',
  summary: 'Recording of a call as it was kept; takes a byte range',
  method: 'GET',
  path: '/api/v1/calls/:call_id/recording',
  capability: 'calls.download',
  params: CallParams,
  responses: { 200: z.unknown(), 206: z.unknown() },
  errors: ['CALL_NOT_FOUND', 'RECORDING_NOT_FOUND', 'RANGE_NOT_SATISFIABLE'],
  timeoutMs: 60_000,
})

export const callsWaveform = endpoint({
  id: 'calls-waveform',
  summary: 'What is known of the recording of a call: length, channels, waveform',
  method: 'GET',
  path: '/api/v1/calls/:call_id/recording/waveform',
  capability: 'calls.download',
  params: CallParams,
  responses: { 200: z.object({ recording: Recording }) },
  errors: ['CALL_NOT_FOUND', 'RECORDING_NOT_FOUND'],
})
