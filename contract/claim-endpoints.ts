// The endpoints of a claim: take it, let it go, ask for it, answer who asks.
import { z } from 'zod'
import { Claim } from '#contract/claim.ts'
import { endpoint } from '#contract/endpoint.ts'
import { CallParams } from '#contract/primitives.ts'

export const callsClaim = endpoint({
  id: 'calls-claim',
  summary:
    'Take the call in hand for two minutes, or renew one’s own claim; `force` takes it over, and the holder is told',
  method: 'POST',
  path: '/api/v1/calls/:call_id/claim',
  capability: 'calls.claim',
  params: CallParams,
  body: z.object({ force: z.boolean().optional() }).optional(),
  responses: { 200: z.object({ claim: Claim }) },
  errors: ['CALL_NOT_FOUND', 'CALL_NOT_ACTIVE', 'CALL_CLAIMED'],
  retry: true,
})

export const callsRelease = endpoint({
  id: 'calls-release',
  summary: 'Let go of one’s claim; without one nothing happens',
  method: 'DELETE',
  path: '/api/v1/calls/:call_id/claim',
  capability: 'calls.claim',
  params: CallParams,
  responses: { 200: z.object({ success: z.boolean(), claim: Claim.nullable() }) },
  errors: ['CALL_NOT_FOUND'],
  retry: true,
})

export const callsAsk = endpoint({
  id: 'calls-claim-ask',
  summary: 'Ask the holder for the call; a call that nobody has is claimed at once',
  method: 'POST',
  path: '/api/v1/calls/:call_id/claim/ask',
  capability: 'calls.claim',
  params: CallParams,
  body: z
    .object({
      /** A word to the holder. */
      note: z.string().trim().max(200).optional(),
    })
    .optional(),
  responses: { 200: z.object({ claim: Claim }) },
  errors: ['CALL_NOT_FOUND', 'CALL_NOT_ACTIVE', 'CONFLICT'],
})

export const callsAnswer = endpoint({
  id: 'calls-claim-answer',
  summary: 'The holder hands the call to who asked, or keeps it',
  method: 'POST',
  path: '/api/v1/calls/:call_id/claim/answer',
  capability: 'calls.claim',
  params: CallParams,
  body: z.object({ hand_over: z.boolean() }),
  responses: { 200: z.object({ claim: Claim }) },
  errors: ['CALL_NOT_FOUND', 'CALL_CLAIMED', 'CONFLICT'],
})
